"""Menus: each package declares its entries in `<package>/menu.py` as `MENU`; a viewer sees those of its roles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

from django.apps import apps
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import module_has_submodule

from chengxin.kernel.actor import ANYONE, Actor
from chengxin.ui.contracts import Entry


@dataclass(frozen=True, kw_only=True)
class Item:
    """A menu entry as one viewer sees it."""

    title: str
    url: str
    group: str
    current: bool


@lru_cache(maxsize=1)
def entries() -> tuple[Entry, ...]:
    """Collect the entries of all packages, in order."""
    found: list[Entry] = []
    for app in apps.get_app_configs():
        if app.name.startswith("chengxin.") and app.module and module_has_submodule(app.module, "menu"):
            found.extend(import_module(f"{app.name}.menu").MENU)
    return tuple(sorted(found, key=lambda entry: (entry.section, entry.order, entry.url_name)))


def actor_of(request: HttpRequest) -> Actor:
    """Return who is looking; without a sign-in it is anyone."""
    return getattr(request, "actor", None) or ANYONE


def menu_for(request: HttpRequest, section: str) -> Sequence[Item]:
    """Return the entries of a section that this viewer may open; the longest address that fits is the current one."""
    actor = actor_of(request)
    known: dict[Callable[[str], bool], bool] = {}
    allowed = [entry for entry in entries() if entry.section == section and _is_for(entry, actor, known)]
    placed = [(entry, address) for entry in allowed if (address := address_of(entry))]
    fitting = [address for _, address in placed if is_at(request.path, address)]
    here = max(fitting, key=len, default="")
    return [
        Item(title=str(entry.title), url=address, group=str(entry.group), current=address == here)
        for entry, address in placed
    ]


def title_at(address: str) -> str:
    """Return what the menus call a page, or "" for one that is in none."""
    return next((str(entry.title) for entry in entries() if address_of(entry) == address), "")


def may_open(request: HttpRequest, address: str) -> bool:
    """Tell whether to lead a reader to a page: not where they have signed in and menus keep it for others."""
    actor = actor_of(request)
    leading = [entry for entry in entries() if address_of(entry) == address]
    return actor == ANYONE or not leading or any(_is_for(entry, actor, {}) for entry in leading)


def _is_for(entry: Entry, actor: Actor, known: dict[Callable[[str], bool], bool]) -> bool:
    """Tell whether an entry is for somebody; what was asked about their body is kept in `known`."""
    if entry.roles and not entry.roles & actor.standing(entry.action):
        return False
    if entry.bodies is None:
        return True
    if entry.bodies not in known:
        known[entry.bodies] = entry.bodies(actor.body)
    return known[entry.bodies]


def is_at(path: str, address: str) -> bool:
    """Tell whether a path is an address or lies under it."""
    return path == address or (address != "/" and path.startswith(address.rstrip("/") + "/"))


def address_of(entry: Entry) -> str:
    """Return the address of an entry; an unknown name gives none, and the system check reports it."""
    try:
        return reverse(entry.url_name)
    except NoReverseMatch:
        return ""
