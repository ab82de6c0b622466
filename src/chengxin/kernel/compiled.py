"""Loops over bytes that are compiled; importing this takes half a second, so only large work does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

__all__ = ["Bytes", "Ints", "Mask", "Place", "Whole", "compiled"]

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]
# What is a whole number to the compiler is one of two kinds to Python.
Whole = int | np.int64
Mask = NDArray[np.bool_]
# A place in a text is unsigned: of every other the compiled loop asks whether it counts from the end, which is half of
# its work.
Place = np.uint64
_Compiled = TypeVar("_Compiled", bound=Callable[..., Any])


def compiled(function: _Compiled) -> _Compiled:
    """Compile a loop that leaves the interpreter free, so that two run side by side, and keep it where that can be."""
    try:
        made = numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:
        # Neither beside the source nor at home may anything be written: then it is compiled in every process.
        made = numba.njit(nogil=True)(function)
    return cast("_Compiled", made)
