"""How much more is known after than before, with an interval that does not promise too much.

Each pair is one person's share of right answers before and after, joined by a code. The mean
change comes with a 95 % interval, the wider of two: Student's paired t (Student, 1908), and the
t interval with a standard error robust to clusters, a session being a cluster, since people of
one session hear the same words (Liang & Zeger 1986; Cameron & Miller 2015, CR1 and G - 1
degrees of freedom). With few sessions that is wide, as it should be. Below ten pairs nothing is
shown: one person more would turn the figure over, and ten in one room can be guessed at.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from statistics import fmean, variance

LEAST = 10
"""Pairs below which nothing is shown."""
MANY, FINE, COARSE = 50, 5, 10
"""From so many pairs on shares are shown in fine steps, below in coarse ones, to whoever may
not read every session."""

T_975 = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042,
)  # fmt: skip
"""The 97.5 % point of Student's t for 1 to 30 degrees of freedom."""
T_MORE = ((120, 1.980), (60, 2.000), (40, 2.021), (30, 2.042))
"""From so many degrees of freedom on; between two, the larger figure."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One person's shares of right answers, 0 to 1, and the session both were given in."""

    session: Hashable
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Change:
    """What is shown of a group: in percent before and after, and points of change.

    :ivar low: the lower end of the 95 % interval of the change, in points
    """

    pairs: int
    sessions: int
    before: int
    after: int
    points: int
    low: int
    high: int
    is_clear: bool
    """Whether the interval leaves out no change at all."""

    def about(self, pairs: int) -> "Change":
        """Return it in steps of ten points, or of five from fifty pairs on.

        A whole percent of fifteen people and of eighteen says what three answered. The change
        is that of the two shares shown, which says nothing more; the interval grows outward.

        :param pairs: the number of pairs that is shown instead
        """
        step = FINE if self.pairs >= MANY else COARSE
        before, after = (_nearest(share, step) for share in (self.before, self.after))
        points = after - before
        low, high = self.low // step * step, -(-self.high // step) * step
        return replace(
            self, pairs=pairs, before=before, after=after, points=points,
            low=min(points, max(-100, low)), high=max(points, min(100, high)),
        )  # fmt: skip


def change(pairs: Iterable[Pair]) -> Change | None:
    """Return the mean change of a group; None below ten pairs."""
    known = list(pairs)
    if len(known) < LEAST:
        return None
    differences = [one.after - one.before for one in known]
    mean = fmean(differences)
    clusters: dict[Hashable, list[float]] = defaultdict(list)
    for one, difference in zip(known, differences, strict=True):
        clusters[one.session].append(difference - mean)
    half = max(_paired(differences), _clustered(list(clusters.values())))
    low, high = round(100 * (mean - half)), round(100 * (mean + half))
    return Change(
        pairs=len(known),
        sessions=len(clusters),
        before=round(100 * fmean(one.before for one in known)),
        after=round(100 * fmean(one.after for one in known)),
        points=round(100 * mean),
        low=max(-100, low),
        high=min(100, high),
        is_clear=low > 0 or high < 0,
    )


def _nearest(share: int, step: int) -> int:
    return (share + step // 2) // step * step


def t_975(freedom: int) -> float:
    """Return the 97.5 % point of Student's t, or the next larger one of the table."""
    if freedom <= len(T_975):
        return T_975[freedom - 1]
    return next(point for least, point in T_MORE if freedom >= least)


def _paired(differences: Sequence[float]) -> float:
    count = len(differences)
    return t_975(count - 1) * sqrt(variance(differences) / count)


def _clustered(clusters: Sequence[Sequence[float]]) -> float:
    count = len(clusters)
    if count < 2:
        return 0.0
    people = sum(map(len, clusters))
    between = sum(sum(residuals) ** 2 for residuals in clusters)
    return t_975(count - 1) * sqrt(count / (count - 1) * between) / people
