# SPDX-License-Identifier: MIT
"""Exact nearest neighbours with faiss's flat L2 index: times of adding and of searching, and what it found.

Points are raw little-endian float32 or uint8 rows; faiss takes float32 only, so bytes are converted before anything
is timed. Writes indices (int64) and squared distances (float32), and prints one JSON document.
"""
import argparse
import json
import time

import faiss
import numpy


def points(path, dimension, scalar):
    return numpy.fromfile(path, dtype=scalar).reshape(-1, dimension).astype(numpy.float32, copy=False)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--reference", required=True)
    parser.add_argument("--queries", required=True)
    parser.add_argument("--scalar", choices=["float32", "uint8"], required=True)
    parser.add_argument("--dimension", type=int, required=True)
    parser.add_argument("-k", type=int, required=True)
    parser.add_argument("--out", required=True, help="prefix of the two files written")
    # The index that stores bytes as they are; it compares one pair at a time.
    parser.add_argument("--bytes-index", action="store_true")
    given = parser.parse_args()

    reference = points(given.reference, given.dimension, given.scalar)
    queries = points(given.queries, given.dimension, given.scalar)
    if given.bytes_index:
        index = faiss.IndexScalarQuantizer(
            given.dimension, faiss.ScalarQuantizer.QT_8bit_direct, faiss.METRIC_L2)
        index.train(reference[:100])
    else:
        index = faiss.IndexFlatL2(given.dimension)
    start = time.perf_counter()
    index.add(reference)
    added = time.perf_counter()
    index.search(queries[:64], given.k)  # to warm up
    begin = time.perf_counter()
    distances, indices = index.search(queries, given.k)
    end = time.perf_counter()
    indices.astype(numpy.int64).tofile(given.out + ".indices")
    distances.astype(numpy.float32).tofile(given.out + ".squares")
    print(json.dumps({
        "secondsAdd": added - start, "secondsSearch": end - begin, "threads": faiss.omp_get_max_threads(),
        "version": faiss.__version__, "options": faiss.get_compile_options().strip(),
    }))


main()
