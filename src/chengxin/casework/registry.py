"""Find every declared procedure by folder: `<package>/procedures/*.yaml` of each installed package."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import cache
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.utils.module_loading import import_string, module_has_submodule

from chengxin.access.facade import get_purpose
from chengxin.casework.contracts import Affair, Case, Panel, Procedure, Words
from chengxin.casework.procedures import BadProcedure, read_procedure
from chengxin.kernel.actor import Actor

Shelf = Mapping[tuple[str, int], Procedure]
_more: ContextVar[Shelf | None] = ContextVar("more_procedures", default=None)


def get_procedure(code: str, *, version: int | None = None) -> Procedure:
    """Return a procedure, the newest version unless one is named; raises LookupError for an unknown one."""
    shelf = _shelf()
    versions = [known for name, known in shelf if name == code]
    if not versions or (version is not None and version not in versions):
        raise LookupError(f"The procedure {code} (version {version or 'newest'}) is not declared.")
    return shelf[code, version if version is not None else max(versions)]


def list_procedures() -> list[Procedure]:
    """Return the newest version of every procedure, by code."""
    return [get_procedure(code) for code in sorted({code for code, _ in _shelf()})]


def resting_states() -> frozenset[tuple[str, str]]:
    """Return the states in which a case waits for nobody, each with its procedure."""
    declared = _shelf().values()
    return frozenset((one.code, code) for one in declared for code, state in one.states.items() if state.rests)


@cache
def list_affairs() -> tuple[Affair, ...]:
    """Return what bodies owe that is no case, by code: each package names its own in `<package>/affairs.py`."""
    found = [
        affair
        for app in apps.get_app_configs()
        if app.name.startswith("chengxin.") and app.module and module_has_submodule(app.module, "affairs")
        for affair in import_module(f"{app.name}.affairs").AFFAIRS
    ]
    return tuple(sorted(found, key=lambda affair: affair.code))


def title_of(code: str) -> Words | None:
    """Return what a procedure or an affair is called; None where neither is declared any more."""
    affair = next((one for one in list_affairs() if one.code == code), None)
    if affair:
        return affair.title
    try:
        return get_procedure(code).title
    except LookupError:
        return None


def panel_of(procedure: Procedure, case: Case, *, actor: Actor, now: datetime) -> Panel | None:
    """Return what the package of a procedure adds to a case page, inside the reader's context, or None."""
    if not procedure.panel:
        return None
    make: Callable[..., Panel | None] = import_string(procedure.panel)
    return make(case, actor=actor, now=now)


def read_folder(folder: Path) -> dict[tuple[str, int], Procedure]:
    """Return the procedures of one folder."""
    found: dict[tuple[str, int], Procedure] = {}
    for file in sorted(folder.glob("*.yaml")):
        procedure = read_procedure(file.read_text(encoding="utf-8"), source=f"{folder.parent.name}/{file.name}")
        get_purpose(procedure.purpose)
        if found.setdefault((procedure.code, procedure.version), procedure) is not procedure:
            raise BadProcedure(f"{file.name}: {procedure.code} version {procedure.version} is declared twice.")
    return found


@contextmanager
def more_procedures(folder: Path) -> Iterator[None]:
    """Add the procedures of a folder inside the block, as a new package would."""
    token = _more.set(read_folder(folder))
    try:
        yield
    finally:
        _more.reset(token)


def _shelf() -> Shelf:
    return {**_installed(), **(_more.get() or {})}


@cache
def _installed() -> Shelf:
    found: dict[tuple[str, int], Procedure] = {}
    for application in apps.get_app_configs():
        if not application.name.startswith("chengxin."):
            continue
        for key, procedure in read_folder(Path(application.path) / "procedures").items():
            if key in found:
                raise BadProcedure(f"{application.name}: {key[0]} version {key[1]} is declared twice.")
            found[key] = procedure
    return found
