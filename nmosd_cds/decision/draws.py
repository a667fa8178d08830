"""Common random numbers: every quantity has its own stream of uniforms, found by its name.

The same name always gives the same numbers, so adding, removing or reordering options leaves the
draws of the others alone.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

_KEPT_STREAMS = 512


def uniforms(seed: int, key: tuple[str, ...], n: int) -> FloatArray:
    """Draw the first numbers of the stream that belongs to a seed and a key.

    Args:
        seed: Seed of the whole analysis, any integer.
        key: Names that say what is drawn, such as the ids of an option and a criterion.
        n: How many numbers, at least 1.

    Returns:
        Read-only array of shape (n,), strictly between 0 and 1. The first m of n numbers are the
        m numbers of a shorter call.

    Raises:
        ValueError: `n` is below 1.
    """
    if n < 1:
        raise ValueError("at least one draw is needed")
    return _stream(seed, key, n)


@lru_cache(maxsize=_KEPT_STREAMS)
def _stream(seed: int, key: tuple[str, ...], n: int) -> FloatArray:
    # Raw bits, because numpy promises those of a bit generator for ever and those of `random` not.
    raw = np.random.PCG64(_entropy(seed, key)).random_raw(n)
    # 52 bits and a half: never 0 or 1, and exact in a float64.
    drawn: FloatArray = ((raw >> np.uint64(12)).astype(np.float64) + 0.5) * 2.0**-52
    drawn.flags.writeable = False
    return drawn


def _entropy(seed: int, key: tuple[str, ...]) -> int:
    """Hash of seed and key; lengths are written out so that ("a", "bc") is not ("ab", "c")."""
    parts = [str(seed).encode(), *(part.encode("utf-8") for part in key)]
    text = b"".join(str(len(part)).encode() + b":" + part for part in parts)
    return int.from_bytes(hashlib.sha256(text).digest(), "big")
