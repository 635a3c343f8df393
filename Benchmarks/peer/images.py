# SPDX-License-Identifier: MIT
"""The peer for pictures: one training step of the coloured-template model (section 4.2) in JAX 0.6.0.

Value and gradient, with respect to M templates, M colour means and one colour std, of the noise-prediction loss with one
noise draw per sample; times and noise are drawn inside the compiled step. Prints one JSON document.

Two forms compute the same numbers. `direct`: the residual of every component is formed, as in the paper's equations.
`gram`: squared residuals from projections, so that no (n, M, C, h w) array exists: much faster, and at small times
wrong in Float by cancellation; it is here as the fastest way to write the step.
"""

import argparse
import json
import statistics
import sys
import time

import jax
import jax.numpy as jnp


def noise_prediction(parameters, noised, t, form):
    """The model's noise prediction for one noised picture (C, P) at time t; exact log-determinant (factor C)."""
    templates, means = parameters["templates"], parameters["color_means"]
    variance = parameters["std"] ** 2
    alpha, sigma = jnp.sqrt(1 - t * t), t
    squares = jnp.sum(templates * templates, axis=1)
    q = alpha**2 * variance * squares + sigma**2
    along = templates @ noised.T - alpha * means * squares[:, None]
    beta = alpha * means + (alpha**2 * variance / q)[:, None] * along
    if form == "direct":
        residual = noised[None] - beta[:, :, None] * templates[:, None, :]
        distance = jnp.sum(residual * residual, axis=(1, 2))
    else:
        projection = templates @ noised.T
        distance = jnp.sum(noised * noised) + jnp.sum(
            beta * beta * squares[:, None] - 2 * beta * projection, axis=1
        )
    colors = alpha**2 * variance * jnp.sum(along * along, axis=1) / q**2
    channels = noised.shape[0]
    logits = -0.5 * (distance / sigma**2 + colors + channels * jnp.log1p(alpha**2 * variance * squares / sigma**2))
    weights = jax.nn.softmax(logits)
    if form == "direct":
        return jnp.einsum("m,mcp->cp", weights, residual) / sigma
    return (noised - jnp.einsum("m,mc,mp->cp", weights, beta, templates)) / sigma


def loss(parameters, clean, times, noise, form):
    def one(x, t, e):
        noised = jnp.sqrt(1 - t * t) * x + t * e
        return jnp.sum((noise_prediction(parameters, noised, t, form) - e) ** 2)

    return jnp.mean(jax.vmap(one)(clean, times, noise))


def problem(options, key):
    template_key, label_key, color_key, subset_key = jax.random.split(key, 4)
    pixels = options.side * options.side
    templates = jax.random.uniform(template_key, (options.true_components, pixels))
    labels = jax.random.randint(label_key, (options.samples,), 0, options.true_components)
    colors = jax.random.normal(color_key, (options.samples, 3))
    clean = colors[:, :, None] * templates[labels][:, None, :]
    subset = jax.random.permutation(subset_key, options.samples)[: options.components]
    std = jnp.asarray(options.std)
    return clean, {"templates": templates[labels[subset]], "color_means": colors[subset], "std": std}


def measure(options):
    clean, parameters = problem(options, jax.random.key(options.seed))
    grid = jnp.linspace(0.999, 0.001, 26)

    @jax.jit
    def step(parameters, key):
        time_key, noise_key = jax.random.split(key)
        times = jax.random.choice(time_key, grid, (clean.shape[0],))
        noise = jax.random.normal(noise_key, clean.shape)
        return jax.value_and_grad(loss)(parameters, clean, times, noise, options.form)

    seconds = []
    for index in range(options.warm_up + options.repeats):
        start = time.perf_counter()
        value, _ = jax.block_until_ready(step(parameters, jax.random.key(1000 + index)))
        if index >= options.warm_up:
            seconds.append(time.perf_counter() - start)
    return {
        "secondsPerStep": statistics.median(seconds), "components": options.components, "form": options.form,
        "samples": options.samples, "jax": jax.__version__, "loss": float(value),
    }


def relative_error(a, b):
    a, b = jnp.ravel(jnp.asarray(a)), jnp.ravel(jnp.asarray(b))
    return float(jnp.max(jnp.abs(a - b)) / jnp.max(jnp.abs(b)))


def check(path):
    """Both forms against the golden values of coloured templates (exact log-determinant), in double precision."""
    jax.config.update("jax_enable_x64", True)
    with open(path) as file:
        cases = json.load(file)["cases"]
    fine, count = True, 0
    for case in cases:
        given, exact = case["inputs"], case.get("expected_exact")
        if not case["name"].startswith("colored") or given["process"] != "vp" or exact is None:
            continue
        count += 1
        clean = jnp.asarray(given["x0"], float).reshape(len(given["x0"]), 3, -1)
        noise = jnp.asarray(given["eps"], float).reshape(-1, *clean.shape[1:])
        draws = noise.shape[0] // clean.shape[0]
        clean, times = (jnp.repeat(array, draws, axis=0) for array in (clean, jnp.asarray(given["t"], float)))
        means = jnp.asarray(given["color_means"], float)
        templates = jnp.asarray(given["templates"], float).reshape(means.shape[0], -1)
        parameters = {"templates": templates, "color_means": means, "std": jnp.asarray(given["color_std"], float)}
        for form in ("direct", "gram"):
            value, gradient = jax.value_and_grad(loss)(parameters, clean, times, noise, form)
            errors = {
                "loss": relative_error(value, exact["loss"]),
                "templates": relative_error(gradient["templates"], exact["grad_templates"]),
                "means": relative_error(gradient["color_means"], exact["grad_color_means"]),
                "std": relative_error(gradient["std"], exact["grad_color_std"]),
            }
            # The Gram form cancels in double precision too: 1e-16 |x|^2 / sigma^2 of a logit.
            fine = fine and max(errors.values()) < (1e-8 if form == "direct" else 1e-4)
            print(case["name"], form, " ".join(f"{name} {error:.1e}" for name, error in errors.items()), file=sys.stderr)
    return fine and count > 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--side", type=int, default=15, help="pixels of a picture's side")
    parser.add_argument("--true-components", "-K", type=int, default=6)
    parser.add_argument("--samples", "-N", type=int, default=100)
    parser.add_argument("--components", "-M", type=int, default=60)
    parser.add_argument("--std", type=float, default=0.4)
    parser.add_argument("--form", choices=["direct", "gram"], default="direct")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--warm-up", type=int, default=5)
    parser.add_argument("--repeats", type=int, default=31)
    parser.add_argument("--check", metavar="LOSS_GRAD_JSON", help="compare with golden values instead of measuring")
    options = parser.parse_args()
    if options.check:
        sys.exit(0 if check(options.check) else 1)
    print(json.dumps(measure(options)))


if __name__ == "__main__":
    main()
