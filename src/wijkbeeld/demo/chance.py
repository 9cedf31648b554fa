"""Chance that can be repeated: one stream per seed, subject and month."""

import zlib

import numpy as np


def chance(seed: int, subject: str, *numbers: int) -> np.random.Generator:
    """Return the random stream of a subject.

    A month draws from a stream of its own, so what happens in it does not depend
    on how many months are written before or after it.
    """
    return np.random.default_rng([seed, zlib.crc32(subject.encode()), *numbers])
