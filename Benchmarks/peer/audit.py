# SPDX-License-Identifier: MIT
"""The audit's formulas against independent implementations from PyPI: statsmodels, scipy, scikit-dimension, scikit-learn.

Draws points, runs `verbatim audit` on them and computes every metric again from brute-force distances. Prints the largest
difference for each, and fails if one is above its tolerance. `verbatim` is the path of the program.
"""

import argparse
import csv
import json
import math
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import skdim
from scipy.stats import fisher_exact, mannwhitneyu, binomtest, norm
from sklearn.neighbors import NearestNeighbors
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint


def points(rng, n, d, basis):
    return (rng.standard_normal((n, basis.shape[0])) @ basis).astype(np.float32)


def nearest(reference, queries, k):
    model = NearestNeighbors(n_neighbors=k, algorithm="brute", metric="euclidean").fit(reference.astype(float))
    return model.kneighbors(queries.astype(float))


def shares(train, generated, heldout, k):
    """name -> (successes of G, of H): each test written from its definition."""
    (dg, ig), (dh, ih) = nearest(train, generated, k), nearest(train, heldout, k)
    dt, _ = nearest(train, train, 2)
    own = dt[:, 1]
    # scikit-learn's distances come from products: a copy is not at exactly 0. Equality is told by the values.
    known = {row.tobytes() for row in train}
    return {
        "memorization-ratio": [(d[:, 0] < d[:, 1] / 3).sum() for d in (dg, dh)],
        "exact-copies": [sum(row.tobytes() in known for row in points) for points in (generated, heldout)],
        "carlini-l2": [(d[:, 0] < 0.5 * d.mean(1)).sum() for d in (dg, dh)],
        "authenticity": [(own[i[:, 0]] < d[:, 0]).sum() for d, i in ((dg, ig), (dh, ih))],
    }, dg, dh


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("verbatim")
    options = parser.parse_args()
    rng = np.random.default_rng(0)
    basis = rng.standard_normal((6, 24))
    train, clean, heldout = (points(rng, n, 24, basis) for n in (4000, 1500, 1200))
    generated = clean.copy()
    generated[:90] = train[rng.integers(0, 4000, 90)]
    generated[90:150] = train[rng.integers(0, 4000, 60)] + 0.05 * rng.standard_normal((60, 24)).astype(np.float32)

    with tempfile.TemporaryDirectory() as folder:
        for name, array in (("t", train), ("g", generated), ("h", heldout)):
            np.save(f"{folder}/{name}.npy", array)
        words = ["audit", "--train", "t.npy", "--generated", "g.npy", "--holdout", "h.npy", "--background", "all", "--quiet"]
        run = subprocess.run(
            [str(Path(options.verbatim).resolve()), *words, "--out", "out", "--json"], cwd=folder, capture_output=True, text=True)
        if run.returncode > 1:
            sys.exit(run.stderr)
        metrics = {m["name"]: m for m in json.loads(run.stdout)["metrics"]}
        with open(f"{folder}/out/samples.csv") as file:
            rows = list(csv.DictReader(file))

    n, n0 = len(generated), len(heldout)
    expected, dg, dh = shares(train, generated, heldout, 50)
    differences = {}

    def compare(name, ours, theirs, tolerance):
        differences[name] = (abs(ours - theirs), tolerance)

    compare("d1 (scikit-learn), relative",
            max(abs(float(r["d1"]) - d) / max(d, 1) for r, d in zip(rows, dg[:, 0])), 0, 1e-6)
    for name, (k, k0) in expected.items():
        ours = metrics[name]
        compare(f"{name}: share", ours["value"], k / n, 0)
        compare(f"{name}: null", ours["null"], k0 / n0, 0)
        low, high = proportion_confint(k, n, method="wilson")
        compare(f"{name}: Wilson (statsmodels)", ours["low"], low, 1e-9)
        compare(f"{name}: Wilson upper", ours["high"], high, 1e-9)
        low, high = confint_proportions_2indep(k, n, k0, n0, method="newcomb", compare="diff", correction=False)
        compare(f"{name}: Newcombe (statsmodels)", ours["excessLow"], low, 1e-9)
        compare(f"{name}: Newcombe upper", ours["excessHigh"], high, 1e-9)
        table = [[k, n - k], [k0, n0 - k0]]
        side = "less" if name == "authenticity" else "greater"
        p = fisher_exact(table, alternative=side)[1]
        compare(f"{name}: Fisher (scipy), relative", ours["pValue"] / p, 1, 1e-6)

    local = skdim.id.MLE(K=20).fit(train.astype(float)).dimension_pw_
    dt, _ = nearest(train, train, 21)
    ratios = np.log(dt[:, 20:21] / dt[:, 1:20]).mean(1)
    compare("intrinsic dimension: formula in numpy", metrics["intrinsic-dimension"]["value"], 1 / ratios.mean(), 1e-5)
    compare("intrinsic dimension: scikit-dimension's inverses averaged, relative",
            metrics["intrinsic-dimension"]["value"] * np.mean(1 / np.asarray(local)), 1, 1e-9)

    ratio = np.median(dg[:, 0]) / np.median(dh[:, 0])
    compare("median-distance ratio (numpy)", metrics["median-distance-ratio"]["value"], ratio, 1e-6)

    # One cell: C_T is the Mann-Whitney Z itself. The audit has three cells; its parts are checked by their mean weight.
    u = mannwhitneyu(dg[:, 0], dh[:, 0], alternative="less", method="asymptotic", use_continuity=False)
    z = (u.statistic - n * n0 / 2) / math.sqrt(n * n0 * (n + n0 + 1) / 12)
    print(f"c-t over cells {metrics['c-t']['value']:.3f}, Z of all points (scipy) {z:.3f}", file=sys.stderr)

    fine = True
    for name, (difference, tolerance) in differences.items():
        good = difference <= tolerance
        fine = fine and good
        print(f"{'ok ' if good else 'BAD'} {name}: {difference:.1e} (allowed {tolerance:.0e})")
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
