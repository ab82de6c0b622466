"""Read which number the database gave to an item version, and which versions were decided by amendment."""

from __future__ import annotations

from chengxin.catalogue.contracts import ItemVersion
from chengxin.catalogue.definition import item_of
from chengxin.catalogue.models import CatalogueItemVersion
from chengxin.kernel.refusal import Refusal, Refused


def item_version_id(code: str, *, version: int) -> int:
    """Return the number a record carries for an item version, or refuse: without an item no record is stored."""
    row = CatalogueItemVersion.objects.filter(code=code, version=version).values_list("id", flat=True).first()
    if row is None:
        raise Refused(
            Refusal(
                code="ITEM_NOT_LOADED",
                what="目录条目的这个版本还没有发布到数据库。",
                why="没有目录条目的信息不得归集。",
                next_step="请先运行目录发布（chengxin setup）。",
                basis=("SH/11", "SZ/35"),
                values={"item": code, "version": str(version)},
            )
        )
    return row


def item_version_ids() -> dict[tuple[str, int], int]:
    """Return the numbers of all published versions by code and version."""
    rows = CatalogueItemVersion.objects.order_by("id").values_list("code", "version", "id")
    return {(code, version): number for code, version, number in rows}


def list_amended() -> tuple[ItemVersion, ...]:
    """Return the versions published by amendment, in the order of their publication."""
    rows = CatalogueItemVersion.objects.exclude(reference="").order_by("id").values_list("definition", flat=True)
    return tuple(item_of(definition) for definition in rows)


def newest_version(code: str) -> int:
    """Return the number of the newest published version of an item, 0 when there is none."""
    versions = CatalogueItemVersion.objects.filter(code=code).order_by("-version")
    return versions.values_list("version", flat=True).first() or 0
