"""Compiles the inner loops: once a machine, kept beside the code, and without Python's lock."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., Any])


def jit(function: F) -> F:
    """Compile a function of numbers and arrays when it is first called."""
    return cast("F", numba.njit(cache=True, nogil=True, error_model="numpy")(function))


def jit_inside(function: F) -> F:
    """Compile a small function into those that call it: a call that is made for every stop."""
    return cast("F", numba.njit(inline="always", error_model="numpy")(function))
