"""Whole-number programs, solved by HiGHS: rows and columns in; values, bound and status out.

The best answer so far is kept while it runs, so that stopping loses nothing.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from importlib.metadata import version
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from ruang.solvers.watch import Clock, Nobody, Watch

NAME = f"HiGHS {version('highspy')}"
INFINITE = highspy.kHighsInf


class Status(StrEnum):
    """How a program ended."""

    OPTIMAL = "optimal"
    STOPPED = "stopped"
    INFEASIBLE = "infeasible"


@dataclass
class Program:
    """Maximise a sum over columns, subject to rows."""

    worth: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    row_lower: list[float] = field(default_factory=list)
    row_upper: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    columns: list[int] = field(default_factory=list)
    factors: list[float] = field(default_factory=list)

    def column(
        self, worth: float, *, lower: float = 0.0, upper: float = 1.0, whole: bool = True
    ) -> int:
        """Add a column, a yes or no unless said otherwise; return its number."""
        self.worth.append(float(worth))
        self.lower.append(lower)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.worth) - 1

    def row(
        self,
        terms: list[tuple[int, float]],
        *,
        lower: float = -INFINITE,
        upper: float = INFINITE,
    ) -> None:
        """Add a row: the sum of the terms lies between two numbers."""
        self.columns += [column for column, _ in terms]
        self.factors += [float(factor) for _, factor in terms]
        self.starts.append(len(self.columns))
        self.row_lower.append(lower)
        self.row_upper.append(upper)

    def model(self) -> Any:
        """Return it in the form HiGHS takes."""
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.worth), len(self.row_lower)
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.col_cost_ = np.array(self.worth)
        lp.col_lower_, lp.col_upper_ = np.array(self.lower), np.array(self.upper)
        lp.row_lower_, lp.row_upper_ = np.array(self.row_lower), np.array(self.row_upper)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(self.starts, dtype=np.int32)
        lp.a_matrix_.index_ = np.array(self.columns, dtype=np.int32)
        lp.a_matrix_.value_ = np.array(self.factors)
        whole, free = highspy.HighsVarType.kInteger, highspy.HighsVarType.kContinuous
        lp.integrality_ = [whole if is_whole else free for is_whole in self.whole]
        return lp


@dataclass(frozen=True)
class Solved:
    """What HiGHS found: ``values`` is None when there is no answer (yet)."""

    status: Status
    values: NDArray[np.float64] | None
    value: float
    bound: float


class Listener:
    """Hears HiGHS: keeps its best answer, passes figures on, says when to stop."""

    def __init__(self, clock: Clock, watch: Watch) -> None:
        self.clock, self.watch = clock, watch
        self.values: NDArray[np.float64] | None = None

    def improved(self, event: Any) -> None:
        """Keep a better answer."""
        self.values = np.array(event.data_out.mip_solution, dtype=np.float64)

    def asked(self, event: Any) -> None:
        """Report, and answer whether to go on."""
        best, bound = event.data_out.mip_primal_bound, event.data_out.mip_dual_bound
        self.watch.report(finite(best), finite(bound), self.clock.share)
        if self.watch.stopped() or self.clock.left <= 0:
            event.interrupt()


class Silent(highspy.Highs):
    """HiGHS without a word: it prints its licence when its callbacks are switched on."""

    def enableCallbacks(self) -> None:  # noqa: N802 - their name
        """Switch callbacks on, after the output is switched off."""
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def finite(number: float) -> float | None:
    """Return a number, or None for "not known yet"."""
    return float(number) if abs(number) < INFINITE else None


def solve(
    program: Program,
    *,
    seconds: float,
    watch: Watch | None = None,
    start: NDArray[np.float64] | None = None,
) -> Solved:
    """Solve a program to the last digit, or as far as the time goes."""
    highs: Any = Silent()  # type: ignore[no-untyped-call]
    for option, value in {
        "threads": 1,
        "random_seed": 1,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 1e-6,
        "time_limit": max(0.01, seconds),
    }.items():
        highs.setOptionValue(option, value)
    highs.passModel(program.model())
    listener = Listener(Clock(seconds), watch or Nobody())
    highs.cbMipImprovingSolution.subscribe(listener.improved)
    highs.cbMipInterrupt.subscribe(listener.asked)
    if start is not None:
        given = highspy.HighsSolution()
        given.col_value = start.tolist()
        highs.setSolution(given)
    highs.solve()
    return outcome(highs, listener)


def outcome(highs: Any, listener: Listener) -> Solved:
    """Read what came of it."""
    ended, info = highs.getModelStatus(), highs.getInfo()
    known = highspy.HighsModelStatus
    if ended in {known.kInfeasible, known.kUnboundedOrInfeasible}:
        return Solved(Status.INFEASIBLE, None, -np.inf, -np.inf)
    if info.primal_solution_status == 2:  # HiGHS: feasible
        listener.values = np.array(highs.getSolution().col_value, dtype=np.float64)
    value = info.objective_function_value if listener.values is not None else -np.inf
    status = Status.OPTIMAL if ended == known.kOptimal else Status.STOPPED
    return Solved(status, listener.values, float(value), float(info.mip_dual_bound))
