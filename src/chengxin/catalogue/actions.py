"""The catalogue's one write: publish the item versions of the files into the database."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path

from django.db import connection, transaction

from chengxin.catalogue.contracts import ItemVersion, LoadedItems
from chengxin.catalogue.definition import definition_of, digest_of
from chengxin.catalogue.models import CatalogueItemVersion
from chengxin.catalogue.shelf import folders, item_history, list_item_codes
from chengxin.kernel.refusal import Refusal, Refused

LOAD_LOCK = 0x63785F6974656D


def load(*, now: datetime) -> LoadedItems:
    """Publish every item version the database does not hold yet; a published version that changed is refused."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            # One load at a time: two of them would give the same number twice.
            cursor.execute("select pg_advisory_xact_lock(%s)", [LOAD_LOCK])
        rows = CatalogueItemVersion.objects.order_by("id").values_list("id", "code", "version", "digest")
        held = {(code, version): digest for _, code, version, digest in rows}
        last = rows[len(rows) - 1][0] if rows else 0
        declared = _declared(folders())
        changed = [item for item, digest in declared if held.get((item.code, item.version), digest) != digest]
        if changed:
            raise Refused(_published_already(changed[0]))
        new = sorted(
            (one for one in declared if (one[0].code, one[0].version) not in held),
            key=lambda one: (one[0].effective_on, one[0].code, one[0].version),
        )
        CatalogueItemVersion.objects.bulk_create(
            CatalogueItemVersion(
                id=last + place,
                code=item.code,
                version=item.version,
                effective_on=item.effective_on,
                digest=digest,
                definition=definition_of(item),
                loaded_at=now,
            )
            for place, (item, digest) in enumerate(new, 1)
        )
    return LoadedItems(added=len(new), kept=len(declared) - len(new))


@cache
def _declared(folders: tuple[Path, ...]) -> tuple[tuple[ItemVersion, str], ...]:
    """Return every version of the folders with its digest; like the files, both are read once a process."""
    del folders  # They are what the shelf reads; here they only tell one state of it from another.
    return tuple((item, digest_of(item)) for code in list_item_codes() for item in item_history(code))


def _published_already(item: ItemVersion) -> Refusal:
    return Refusal(
        code="ITEM_VERSION_PUBLISHED",
        what="目录条目{title}（{item}）第{version}版已经发布，内容不能再改。",
        why="已入库的记录以该版本为依据。",
        next_step="请恢复原内容，另写第{next}版，并写明生效日期。",
        basis=("SH/10", "ZJ/12"),
        values={
            "title": item.title.zh,
            "item": item.code,
            "version": str(item.version),
            "next": str(item.version + 1),
        },
    )
