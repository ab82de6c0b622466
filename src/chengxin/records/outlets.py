"""The registry of outlets (出口登记): every way a record can leave, and the views that are one or are none.

A package registers its outlets in `<package>/outlets.py` as `OUTLETS`; each of its views says `@outlet("name")` or
`@no_records`. A test walks all addresses and all outlets, so that neither can be forgotten.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib import import_module
from typing import Any, Final, TypeVar
from uuid import UUID

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from chengxin.records.contracts import Channel

View = TypeVar("View", bound=Callable[..., Any])
_DECLARED: Final = "chengxin_outlets"


@dataclass(frozen=True, kw_only=True)
class Outlet:
    """One way out: `ids` returns which records of a subject leave by it at a moment, as its views would let them.

    By one that names `items` only records of those items leave.
    """

    name: str
    channel: Channel
    ids: Callable[[UUID, datetime], frozenset[UUID]]
    items: frozenset[str] | None = None


def outlet(*names: str) -> Callable[[View], View]:
    """Declare that a view lets records leave by the named outlets."""

    def declare(view: View) -> View:
        setattr(view, _DECLARED, names)
        return view

    return declare


def no_records(view: View) -> View:
    """Declare that no content of a record leaves by a view."""
    setattr(view, _DECLARED, ())
    return view


def outlets_of(view: object) -> tuple[str, ...] | None:
    """Return the outlets a view declares, () for a view without records, None for one that says nothing."""
    for place in (view, getattr(view, "view_class", None), getattr(view, "__wrapped__", None)):
        found: tuple[str, ...] | None = getattr(place, _DECLARED, None)
        if found is not None:
            return found
    return None


@lru_cache(maxsize=1)
def list_outlets() -> tuple[Outlet, ...]:
    """Return the outlets of all packages, by name; two of one name are a mistake."""
    found: dict[str, Outlet] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("chengxin.") and app.module and module_has_submodule(app.module, "outlets"):
            for one in getattr(import_module(f"{app.name}.outlets"), "OUTLETS", ()):
                if one.name in found:
                    raise ValueError(f"The outlet {one.name} is registered twice.")
                found[one.name] = one
    return tuple(found[name] for name in sorted(found))
