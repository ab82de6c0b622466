"""Read consumer warnings: each is read again from its list at the moment it is shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import ANYONE
from chengxin.lists import facade as lists
from chengxin.lists.contracts import Family, Shown
from chengxin.market import models
from chengxin.market.contracts import OnPlatform, Promptness, Shop, Warned
from chengxin.market.queries import VIEWING, shops_of
from chengxin.market.rules import promptness_of


def warning_kinds() -> tuple[str, ...]:
    """Return the lists of which buyers are warned: those of serious dishonesty, by decision alone."""
    return tuple(code for code, kind in lists.kinds().items() if kind.family is Family.SERIOUS)


def warnings_about(shop: Shop, *, now: datetime) -> list[Shown]:
    """Return the entries buyers of a shop are warned of at this moment."""
    if shop.subject_id is None:
        return []
    found = lists.list_shown(lists.list_public_of([shop.subject_id], kinds=warning_kinds()), at=now)
    return sorted(found.values(), key=lambda one: str(one.id))


def count_warnings() -> int:
    """Return how many operators' entries platforms are told to warn of."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        return len(_standing())


def list_warned(*, now: datetime, limit: int = 20, offset: int = 0) -> list[Warned]:
    """Return what buyers are warned of at this moment, the newest first, with the open shops it is about."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        entries = _standing()[offset : offset + limit]
    shown = lists.list_shown(entries, at=now)
    shops = shops_of([one.subject_id for one in shown.values()], now=now)
    return [
        Warned(entry=shown[one], shops=shops[shown[one].subject_id])
        for one in entries
        if one in shown and shown[one].subject_id in shops
    ]


def list_on_platforms(entry_ids: Sequence[UUID]) -> dict[UUID, list[OnPlatform]]:
    """Return how platforms stand with the warnings of some entries that stand."""
    found: dict[UUID, list[OnPlatform]] = defaultdict(list)
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        rows = models.ConsumerWarning.objects.filter(entry_id__in=entry_ids, ended_at__isnull=True)
        for row in rows.order_by("platform", "id"):
            found[row.entry_id].append(_on_platform(row))
    return dict(found)


def list_promptness(*, now: datetime) -> list[Promptness]:
    """Return how fast each platform that was ever told shows warnings and takes them off."""
    found: dict[str, list[OnPlatform]] = defaultdict(list)
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        for row in models.ConsumerWarning.objects.order_by("platform", "id"):
            found[row.platform].append(_on_platform(row))
    return [promptness_of(platform, ones, at=now) for platform, ones in found.items()]


def find_warning(warning_id: UUID) -> OnPlatform | None:
    """Return one warning on one platform, or None."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        row = models.ConsumerWarning.objects.filter(id=warning_id).first()
    return _on_platform(row) if row else None


def _standing() -> list[UUID]:
    """Return the entries of which a warning stands, the newest first."""
    rows = models.ConsumerWarning.objects.filter(ended_at__isnull=True).order_by("-id").values_list("entry_id")
    return list(dict.fromkeys(entry_id for (entry_id,) in rows))


def _on_platform(row: models.ConsumerWarning) -> OnPlatform:
    return OnPlatform(
        id=row.id,
        entry_id=row.entry_id,
        platform=row.platform,
        pushed_at=row.pushed_at,
        shown_at=row.shown_at,
        ended_at=row.ended_at,
        lifted_at=row.lifted_at,
    )
