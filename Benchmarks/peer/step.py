# SPDX-License-Identifier: MIT
"""The peer: one training step of the paper's isotropic model in diffusionlab 3.0.4 + JAX 0.6.0.

The step is value and gradient, with respect to M means and one std, of the noise-prediction loss: mean over samples
of the library's own loss, which is the mean over noise draws at one time per sample. Times and noise are drawn anew
in each step, inside the compiled function. Prints one JSON document.

Two forms compute the same numbers. `vmap`: all samples at once, as users of the library write it. `tuned`: a few
samples at a time, the forward pass of each computed again for its gradient, so that everything stays in the cache.
"""

import argparse
import json
import math
import resource
import statistics
import sys
import time

import jax
import jax.numpy as jnp
import optax
from diffusionlab.distributions.gmm.iso_hom_gmm import iso_hom_gmm_eps
from diffusionlab.dynamics import VariancePreservingProcess
from diffusionlab.losses import DiffusionLoss
from diffusionlab.vector_fields import VectorFieldType

PROCESS = VariancePreservingProcess()


def noise_field(parameters, priors):
    """The model's noise prediction as a function of one noised sample and its time."""

    def field(noised, t):
        return iso_hom_gmm_eps(noised, t, PROCESS, parameters["means"], parameters["std"] ** 2, priors)

    return field


def batch_loss(parameters, key, samples, times, priors, loss, chunk):
    """Mean over samples: all at once for None, else `chunk` at a time with the forward pass recomputed."""
    field = noise_field(parameters, priors)
    time_key, noise_key = jax.random.split(key)
    drawn = jax.random.choice(time_key, times, (samples.shape[0],))
    keys = jax.random.split(noise_key, samples.shape[0])

    def of_sample(one):
        key, x, t = one
        return loss.loss(key, field, x, t)

    everything = (keys, samples, drawn)
    if chunk is None:
        return jnp.mean(jax.vmap(of_sample)(everything))
    return jnp.mean(jax.lax.map(jax.checkpoint(of_sample), everything, batch_size=chunk))


def problem(d, true_components, n, m, key):
    """Data, start and priors of appendix H: M distinct training samples as means, std 1e-3."""
    mean_key, label_key, sample_key, subset_key = jax.random.split(key, 4)
    directions = jax.random.normal(mean_key, (true_components, d))
    means = math.sqrt(d) * directions / jnp.linalg.norm(directions, axis=1, keepdims=True)
    labels = jax.random.randint(label_key, (n,), 0, true_components)
    samples = means[labels] + jax.random.normal(sample_key, (n, d))
    subset = jax.random.permutation(subset_key, n)[:m]
    parameters = {"means": samples[subset], "std": jnp.asarray(1e-3)}
    return samples, parameters, jnp.full((m,), 1.0 / m)


def compiled_step(samples, times, priors, loss, chunk, optimizer):
    """A step in place: parameters and optimizer state go in and come out."""

    def step(parameters, state, key):
        value, gradient = jax.value_and_grad(batch_loss)(parameters, key, samples, times, priors, loss, chunk)
        if optimizer is not None:
            updates, state = optimizer.update(gradient, state, parameters)
            parameters = optax.apply_updates(parameters, updates)
        return value, gradient, parameters, state

    return jax.jit(step)


def measure(options):
    samples, parameters, priors = problem(
        options.dimension, options.true_components, options.samples, options.components, jax.random.key(options.seed)
    )
    times = jnp.linspace(0.999, 0.001, 26)
    loss = DiffusionLoss(PROCESS, VectorFieldType.EPS, options.draws)
    chunk = options.chunk if options.form == "tuned" else None
    optimizer = optax.adam(1e-3) if options.adam else None
    state = optimizer.init(parameters) if optimizer is not None else None
    step = compiled_step(samples, times, priors, loss, chunk, optimizer)

    seconds = []
    for index in range(options.warm_up + options.repeats):
        key = jax.random.key(1_000 + index)
        start = time.perf_counter()
        value, gradient, parameters, state = jax.block_until_ready(step(parameters, state, key))
        if index >= options.warm_up:
            seconds.append(time.perf_counter() - start)
    return {
        "secondsPerStep": statistics.median(seconds),
        "secondsPerStepAll": seconds,
        "peakMemoryBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "dimension": options.dimension,
        "trueComponents": options.true_components,
        "samples": options.samples,
        "components": options.components,
        "draws": options.draws,
        "form": options.form,
        "chunk": chunk,
        "adam": options.adam,
        "jax": jax.__version__,
        "loss": float(value),
    }


def relative_error(a, b):
    a, b = jnp.asarray(a), jnp.asarray(b)
    return float(jnp.max(jnp.abs(a - b)) / jnp.max(jnp.abs(b)))


def check(path):
    """Compares loss and gradient with golden values, in double precision; true when all agree.

    Golden noise is given, so the library's `loss` is entered one level lower; that `loss` itself does the same with
    the noise it draws is the second comparison.
    """
    jax.config.update("jax_enable_x64", True)
    with open(path) as file:
        cases = json.load(file)["cases"]
    fine, count = True, 0
    for case in cases:
        given, expected = case["inputs"], case["expected"]
        if not case["name"].startswith("gmm_") or (given["process"], given["vector_field_type"]) != ("vp", "EPS"):
            continue
        count += 1
        array = {name: jnp.asarray(given[name], float) for name in ("x0", "t", "eps", "priors", "means", "std")}
        x, noise, priors = array["x0"], array["eps"], array["priors"]
        parameters = {name: array[name] for name in ("means", "std")}
        loss = DiffusionLoss(PROCESS, VectorFieldType.EPS, noise.shape[1])

        def with_noise(parameters, t, noise):
            field = noise_field(parameters, priors)

            def of_draw(x, t, noise):
                noised = PROCESS.forward(x, t, noise)
                return loss.prediction_loss(noised, field(noised, t), x, noise, t)

            of_sample = jax.vmap(of_draw, in_axes=(None, None, 0))
            return jnp.mean(jax.vmap(of_sample)(x, t, noise))

        value, gradient = jax.value_and_grad(with_noise)(parameters, array["t"], noise)
        key = jax.random.key(5)
        times = jnp.asarray([0.001, 0.3, 0.999])
        time_key, noise_key = jax.random.split(key)
        drawn_times = jax.random.choice(time_key, times, (x.shape[0],))
        keys = jax.random.split(noise_key, x.shape[0])
        drawn_noise = jax.vmap(lambda key: jax.random.normal(key, noise.shape[1:]))(keys)
        same = with_noise(parameters, drawn_times, drawn_noise)
        errors = {
            "loss": relative_error(value, expected["loss"]),
            "means": relative_error(gradient["means"], expected["grad_means"]),
            "std": relative_error(gradient["std"], expected["grad_std"]),
            "batch": relative_error(batch_loss(parameters, key, x, times, priors, loss, None), same),
            "chunks": relative_error(batch_loss(parameters, key, x, times, priors, loss, 2), same),
        }
        fine = fine and max(errors.values()) < 1e-9
        print(case["name"], " ".join(f"{name} {error:.1e}" for name, error in errors.items()), file=sys.stderr)
    return fine and count > 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dimension", "-d", type=int, default=50)
    parser.add_argument("--true-components", "-K", type=int, default=12)
    parser.add_argument("--samples", "-N", type=int, default=200)
    parser.add_argument("--components", "-M", type=int, default=100)
    parser.add_argument("--draws", type=int, default=100)
    parser.add_argument("--form", choices=["vmap", "tuned"], default="vmap")
    parser.add_argument("--chunk", type=int, default=4, help="samples at a time in the tuned form")
    parser.add_argument("--adam", action="store_true", help="include an Adam update (optax) in the step")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--warm-up", type=int, default=2)
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--check", metavar="LOSS_GRAD_JSON", help="compare with golden values instead of measuring")
    options = parser.parse_args()
    if options.check:
        sys.exit(0 if check(options.check) else 1)
    print(json.dumps(measure(options)))


if __name__ == "__main__":
    main()
