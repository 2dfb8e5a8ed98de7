"""Sharing a number of people among parts so that nobody is lost: the largest rests first."""

from collections.abc import Sequence

USUAL = (100, 125, 90, 125, 455, 105)
"""How a thousand people are spread over the bands of age where only their number is known."""


def shared(total: int, weights: Sequence[int]) -> list[int]:
    """Return whole parts in proportion to the weights that add up to the total.

    Where every weight is zero, the parts are alike.
    """
    each = list(weights) if any(weights) else [1] * len(weights)
    whole = sum(each)
    parts = [total * one // whole for one in each]
    rests = sorted(range(len(each)), key=lambda n: (-(total * each[n] % whole), n))
    for number in rests[: total - sum(parts)]:
        parts[number] += 1
    return parts
