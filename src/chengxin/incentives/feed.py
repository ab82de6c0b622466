"""What platforms are given to favour the honest (守信名单供平台使用): enterprises on the lists of honour, signed.

One line is one enterprise with each entry it is on the list for and its shops; what came and left since is told by the
changes of each list. The head says of every platform how it uses the feed, or that it never said so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from chengxin.casework.facade import body_name
from chengxin.duties import facade as duties
from chengxin.duties.contracts import PlatformFiling
from chengxin.law.contracts import Words
from chengxin.law.facade import cites
from chengxin.lists import facade as lists
from chengxin.lists.contracts import Family, Kind, Shown
from chengxin.market import facade as market
from chengxin.market.contracts import Platform, Shop

USE: Final = "incentive_use"
MISSING: Final = Words(
    zh="这个平台还没有公布怎样使用守信名单。",
    en="This platform has not published how it uses the honour list.",
)
NORMAL: Final = Words(
    zh="没有在名单上，不减少任何正常服务；广告要和守信激励分开标明。",
    en="Whoever is not on it loses no normal service; advertisements are told apart from incentives.",
)


def honour_lists() -> list[Kind]:
    """Return the lists that are the feed: those of honour."""
    return [kind for kind in lists.kinds().values() if kind.family is Family.HONOUR]


def usages() -> list[tuple[Platform, PlatformFiling | None]]:
    """Return every platform with what it published last on its use of the feed, or None."""
    return [(one, usage_of(one.body)) for one in market.list_platforms()]


def usage_of(platform: str) -> PlatformFiling | None:
    """Return what a platform published last on how it uses the feed, or None."""
    return duties.find_latest_filing(platform, USE)


def honours_of(subject_id: UUID, *, at: datetime) -> list[Shown]:
    """Return the public entries of honour of one operator that stand at a moment."""
    ids = lists.list_public_of([subject_id], kinds=[kind.code for kind in honour_lists()])
    return list(lists.list_shown(ids, at=at).values())


@cites("SEED2/5.2", "SD/14")
def feed(*, at: datetime) -> bytes:
    """Return the whole feed as the public may read it at a moment: a JWS, then one enterprise per line."""
    kinds = honour_lists()
    places = lists.last_places()  # Read first: what comes meanwhile is then told again by the changes.
    head = {
        "kind": "incentive",
        "at": at,
        "good_until": lists.good_until(at),
        "places": {kind.code: places.get(kind.code, 0) for kind in kinds},
        "changes": {kind.code: f"/api/v1/lists/{kind.code}/changes" for kind in kinds},
        "note": _said(NORMAL),
        "usage": [_usage(*one) for one in usages()],
    }
    return lists.signed(head, list(_lines(kinds, at=at)))


def _lines(kinds: Sequence[Kind], *, at: datetime) -> Iterator[Mapping[str, Any]]:
    because: dict[UUID, list[Shown]] = {}
    for kind in kinds:
        for entry in lists.walk_public(kind.code, at=at):
            because.setdefault(entry.subject_id, []).append(entry)
    shops = market.shops_of(list(because), now=at)
    for subject_id, entries in because.items():
        yield _line(entries, shops.get(subject_id, ()))


def _line(entries: Sequence[Shown], shops: Sequence[Shop]) -> Mapping[str, Any]:
    return {
        "name": entries[0].name,
        "uscc": entries[0].uscc,
        "because": [{"list": one.kind, **lists.entry_cells(one)} for one in entries],
        "shops": [{"platform": one.platform, "number": one.number} for one in shops],
    }


def _usage(platform: Platform, filing: PlatformFiling | None) -> Mapping[str, Any]:
    said: dict[str, Any] = {"platform": platform.body, "name": body_name(platform.body)}
    if filing is None:
        return {**said, "note": _said(MISSING)}
    report = filing.report
    return {**said, "filing": filing.number, "since": report.happened_on, "use": dict(report.answers)}


def _said(words: Words) -> Mapping[str, str]:
    return {"zh": words.zh, "en": words.en}
