"""What the catalogue writes: item versions, published into the database from files or by a decided amendment."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path

from django.db import connection, transaction

from chengxin.catalogue.contracts import ItemVersion, LoadedItems
from chengxin.catalogue.definition import definition_of, digest_of
from chengxin.catalogue.models import CatalogueItemVersion
from chengxin.catalogue.queries import list_amended
from chengxin.catalogue.shelf import folders, follow, hold, list_declared
from chengxin.kernel.refusal import Refusal, Refused

LOAD_LOCK = 0x63785F6974656D


def load(*, now: datetime) -> LoadedItems:
    """Publish every item version the database does not hold yet; a published version that changed is refused."""
    with transaction.atomic():
        _alone()
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
            _row(item, number=last + place, digest=digest, now=now) for place, (item, digest) in enumerate(new, 1)
        )
    return LoadedItems(added=len(new), kept=len(declared) - len(new))


def publish(item: ItemVersion, *, reference: str, now: datetime) -> int:
    """Publish one version by a decided amendment (目录修订决定) and return its number; it follows the newest one.

    Processes that follow the table hold it within a minute, this one as soon as the transaction stands.
    """
    with transaction.atomic():
        _alone()
        newest = CatalogueItemVersion.objects.filter(code=item.code).order_by("-version").first()
        if item.version != (newest.version if newest else 0) + 1:
            raise Refused(_not_the_next(item))
        last = CatalogueItemVersion.objects.order_by("-id").values_list("id", flat=True).first() or 0
        row = _row(item, number=last + 1, digest=digest_of(item), now=now, reference=reference)
        row.save(force_insert=True)
        transaction.on_commit(refresh)
    return row.id


def refresh() -> None:
    """Hold what the table says beyond the files, now."""
    hold(list_amended())


def follow_published() -> None:
    """Keep this process with the table while it runs: call it where a long process begins, after Django is ready."""
    follow(list_amended)


def _alone() -> None:
    """Write one at a time: two would give the same number twice."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOAD_LOCK])


def _row(item: ItemVersion, *, number: int, digest: str, now: datetime, reference: str = "") -> CatalogueItemVersion:
    return CatalogueItemVersion(
        id=number,
        code=item.code,
        version=item.version,
        effective_on=item.effective_on,
        digest=digest,
        definition=definition_of(item),
        loaded_at=now,
        reference=reference,
    )


@cache
def _declared(folders: tuple[Path, ...]) -> tuple[tuple[ItemVersion, str], ...]:
    """Return every version of the folders with its digest; like the files, both are read once a process."""
    del folders  # They are what the shelf reads; here they only tell one state of it from another.
    return tuple((item, digest_of(item)) for item in list_declared())


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


def _not_the_next(item: ItemVersion) -> Refusal:
    return Refusal(
        code="ITEM_VERSION_NOT_NEXT",
        what="目录条目{item}在起草以后又有了新的版本。",
        why="修订要以当时的最新版本为底稿，公众看到的差异才是真的。",
        next_step="请以最新版本重新起草。",
        values={"item": item.code},
    )
