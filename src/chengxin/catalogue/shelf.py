"""The items of all folders and those decided by amendment, in memory: which is in force on a day, history, groups.

A version comes into the catalogue by a file or by a decided amendment (目录修订). Both are published into the one
table, which never lets one change; the shelf holds what the files say and what the table holds beyond them. Processes
that run for long follow the table (`follow_published`): an amendment is published days before its first day, and they
look once a minute.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings

from chengxin.catalogue.contracts import Code, Department, Group, ItemVersion, Words
from chengxin.catalogue.groups import declared_groups
from chengxin.catalogue.loader import load_items
from chengxin.catalogue.schema import ItemError
from chengxin.catalogue.yaml_files import SHIPPED, read_lists
from chengxin.kernel.refusal import Refusal, Refused

_registered: list[Path] = []
_lock = threading.Lock()
LOOK_EVERY = 60.0
Read = Callable[[], Iterable[ItemVersion]]


class _Published:
    """The versions the table holds beyond the files, with the moment they were last read."""

    items: tuple[ItemVersion, ...] = ()
    read: Read | None = None
    read_at = -math.inf

    def current(self) -> tuple[ItemVersion, ...]:
        if self.read is not None and time.monotonic() - self.read_at > LOOK_EVERY:
            self.take(self.read())
        return self.items

    def take(self, items: Iterable[ItemVersion]) -> None:
        found = tuple(items)
        self.read_at = time.monotonic()
        # The same versions stay the same value, so that what is kept by it stays as well.
        if [(item.code, item.version) for item in found] != [(item.code, item.version) for item in self.items]:
            self.items = found


_published = _Published()


def follow(read: Read | None) -> None:
    """Read the versions decided by amendment when next asked, and once a minute from then on; None: never again."""
    _published.read, _published.read_at = read, -math.inf


def hold(items: Iterable[ItemVersion]) -> None:
    """Hold these versions beside the files; none forgets them."""
    _published.take(items)


def register_folder(path: Path) -> None:
    """Add a folder of item files beside the shipped ones; a mistake in it raises `ItemError` at once."""
    with _lock:
        if path not in _registered:
            _from_files((*folders(), path))
            _registered.append(path)


def unregister_folder(path: Path) -> None:
    """Take a folder out again; items already loaded into the database stay there."""
    with _lock:
        if path in _registered:
            _registered.remove(path)


def find_item(code: str, *, on: date) -> ItemVersion | None:
    """Return the version of an item in force on a day, or None."""
    in_force = [item for item in item_history(code) if item.effective_on <= on]
    return in_force[-1] if in_force else None


def get_item(code: str, *, on: date) -> ItemVersion:
    """Return the version of an item in force on a day, or refuse: nothing is collected outside the catalogue."""
    item = find_item(code, on=on)
    if item is None:
        raise Refused(
            Refusal(
                code="NOT_IN_CATALOGUE",
                what="目录里没有这一条目，或者当日还没有生效。",
                why="目录之外的信息不得归集。",
                next_step="请到“目录清单”页核对条目代码和生效日期。",
                basis=("SH/11", "SZ/35"),
                values={"item": code, "on": on},
            )
        )
    return item


def get_item_version(code: str, *, version: int) -> ItemVersion:
    """Return one version of an item by its number, whenever it was in force."""
    for item in item_history(code):
        if item.version == version:
            return item
    raise Refused(
        Refusal(
            code="NO_SUCH_VERSION",
            what="目录条目没有这个版本。",
            next_step="请到条目页查看版本历史。",
            values={"item": code, "version": str(version)},
        )
    )


def list_items(*, on: date) -> tuple[ItemVersion, ...]:
    """Return the version of every item in force on a day, by class and code."""
    items = (find_item(code, on=on) for code in list_item_codes())
    return tuple(sorted((item for item in items if item), key=lambda item: (item.national_class, item.code)))


def list_item_codes() -> tuple[str, ...]:
    """Return the codes of all items, in force or not yet."""
    return tuple(sorted(_by_code()))


def item_history(code: str) -> tuple[ItemVersion, ...]:
    """Return all versions of an item, the oldest first; an unknown code has none."""
    return _by_code().get(code, ())


def list_declared() -> tuple[ItemVersion, ...]:
    """Return every version the files declare, by code and version, whatever the table holds beyond them."""
    by_code = _from_files(folders())
    return tuple(item for code in sorted(by_code) for item in by_code[code])


def list_groups() -> tuple[Group, ...]:
    """Return the key occupational groups by code."""
    return declared_groups()


def get_group(code: str) -> Group:
    """Return one group, or refuse."""
    for group in list_groups():
        if group.code == code:
            return group
    raise Refused(Refusal(code="NO_SUCH_GROUP", what="没有这个重点人群。", values={"group": code}))


def list_departments() -> tuple[Department, ...]:
    """Return the departments an item may name as its source."""
    departments = read_lists(SHIPPED)["departments"]
    return tuple(Department(code=code, title=Words(zh=said[0], en=said[1])) for code, said in departments.items())


def get_code_list(name: str) -> tuple[Code, ...]:
    """Return a national code list by its name (`id_type`, `penalty_kind`, `credit_field` …)."""
    return tuple(
        Code(value=str(raw[0]), label=Words(zh=raw[1], en=raw[2]), also=tuple(str(spelling) for spelling in raw[3:]))
        for raw in read_lists(SHIPPED)["codes"][name]
    )


def folders() -> tuple[Path, ...]:
    """Return where items are read from: the shipped folder, those of the installation, those registered."""
    return (SHIPPED, *(Path(folder) for folder in getattr(settings, "CATALOGUE_FOLDERS", ())), *_registered)


def _by_code() -> dict[str, tuple[ItemVersion, ...]]:
    return _whole(folders(), _Amended(_published.current()))


class _Amended(tuple[ItemVersion, ...]):
    """The amended versions as a key: item versions hold dictionaries, which have no hash."""

    __slots__ = ()

    def __hash__(self) -> int:
        return hash(tuple((item.code, item.version) for item in self))


@lru_cache(maxsize=8)
def _whole(folders: tuple[Path, ...], amended: _Amended) -> dict[str, tuple[ItemVersion, ...]]:
    """Lay what was published by amendment over the files; a file that says the same later says it again."""
    found = dict(_from_files(folders))
    for item in amended:
        others = [known for known in found.get(item.code, ()) if known.version != item.version]
        found[item.code] = tuple(sorted((*others, item), key=lambda one: one.version))
    return found


@cache
def _from_files(folders: tuple[Path, ...]) -> dict[str, tuple[ItemVersion, ...]]:
    """Group the versions of all folders by code; a folder may add items and versions, never replace one."""
    found: dict[str, list[ItemVersion]] = {}
    for folder in folders:
        for item in load_items(folder):
            versions = found.setdefault(item.code, [])
            if any(known.version == item.version for known in versions):
                raise ItemError([f"{folder.name}: item `{item.code}` version {item.version} is declared already."])
            versions.append(item)
    return {code: tuple(sorted(versions, key=lambda item: item.version)) for code, versions in found.items()}
