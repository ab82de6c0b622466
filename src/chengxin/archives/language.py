"""Texts that need to be put together only once in each language."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from chengxin.ui.facade import reads_english

P = ParamSpec("P")
R = TypeVar("R")


def once_per_language(say: Callable[P, R]) -> Callable[P, R]:
    """Keep what a function of hashable facts says in each language; nothing of a person may be among the facts."""

    kept: Callable[..., R] = lru_cache(maxsize=8192)(lambda _english, *args, **kwargs: say(*args, **kwargs))

    @wraps(say)
    def said(*args: P.args, **kwargs: P.kwargs) -> R:
        return kept(reads_english(), *args, **kwargs)

    return said
