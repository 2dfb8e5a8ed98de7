"""Numbers drawn from a seed inside compiled loops: the same on every machine.

xorshift64*, kept in an array of one: small, fast, and its sequence is ours to keep.
"""

import numpy as np
from numpy.typing import NDArray

from ruang.solvers.jit import jit

Dice = NDArray[np.uint64]


def dice(seed: int) -> Dice:
    """Return dice for a seed; 0 is as good as any other."""
    mixed = (seed * 0x9E3779B97F4A7C15 + 0xD1B54A32D192ED03) & 0xFFFFFFFFFFFFFFFF
    return np.array([mixed or 1], dtype=np.uint64)


@jit
def roll(state: Dice) -> float:
    """Return a number from 0 up to 1."""
    x = state[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    state[0] = x
    return float((x * np.uint64(0x2545F4914F6CDD1D)) >> np.uint64(11)) / 9007199254740992.0


@jit
def below(state: Dice, n: int) -> int:
    """Return one of 0 … n - 1."""
    return min(n - 1, int(roll(state) * n))
