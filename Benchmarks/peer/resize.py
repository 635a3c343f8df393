# SPDX-License-Identifier: MIT
"""The peer of bicubic resizing: Pillow's BICUBIC on pictures of floats (mode F), and jax.image.resize.

Writes what Pillow makes of two synthetic pictures (`--golden FILE`, the committed reference of PicturesTests) or of
FashionMNIST's first training pictures at 15 x 15 (`--fashion FILE.npy`), and prints how far JAX is from Pillow.
"""

import argparse
import gzip
import json

import jax
import jax.numpy as jnp
import numpy
from PIL import Image

TRAIN = "/usr/share/datasets/fashion-mnist/train-images-idx3-ubyte.gz"


def pillow(picture, height, width):
    """A float32 picture in another size, in double."""
    resized = Image.fromarray(picture.astype(numpy.float32)).resize((width, height), Image.Resampling.BICUBIC)
    return numpy.asarray(resized, dtype=numpy.float64)


def jax_difference(picture, height, width):
    """Largest difference between JAX and Pillow, as a share of Pillow's largest value."""
    single = jnp.asarray(picture, dtype=jnp.float32)
    resized = numpy.asarray(jax.image.resize(single, (height, width), method="bicubic", antialias=True))
    expected = pillow(picture, height, width)
    return numpy.abs(resized - expected).max() / numpy.abs(expected).max()


def synthetic():
    """Name, picture, target: pixels without any order, shrunk; a bright edge on a ramp, one side longer, one shorter."""
    row, column = numpy.mgrid[0:28, 0:28]
    yield "disorder", (13 * row * row + 7 * column * column + 31 * row * column + 5 * row) % 256, (15, 15)
    row, column = numpy.mgrid[0:17, 0:23]
    yield "edge", numpy.where(column > row, 255, 3 * row + column), (30, 9)


def golden(file):
    cases = []
    for name, picture, (height, width) in synthetic():
        expected = pillow(picture, height, width)
        case = {"name": name, "height": picture.shape[0], "width": picture.shape[1], "values": picture.ravel().tolist()}
        cases.append(case | {"to": [height, width], "expected": expected.ravel().tolist()})
        print(f"{name}: JAX differs from Pillow by {jax_difference(picture, height, width):.1e}")
    with open(file, "w") as out:
        out.write('{"cases": [\n' + ",\n".join(json.dumps(case) for case in cases) + "\n]}\n")


def fashion(file, count):
    with gzip.open(TRAIN) as data:
        pictures = numpy.frombuffer(data.read(), dtype=numpy.uint8, offset=16).reshape(-1, 28, 28)[:count]
    numpy.save(file, numpy.stack([pillow(picture, 15, 15) for picture in pictures]))
    worst = max(jax_difference(picture, 15, 15) for picture in pictures[:100])
    print(f"FashionMNIST, 100 pictures: JAX differs from Pillow by at most {worst:.1e}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--golden", metavar="FILE")
    parser.add_argument("--fashion", metavar="FILE.npy")
    parser.add_argument("--count", type=int, default=1000)
    arguments = parser.parse_args()
    if arguments.golden:
        golden(arguments.golden)
    if arguments.fashion:
        fashion(arguments.fashion, arguments.count)
