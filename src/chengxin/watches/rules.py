"""Who may be watched, until when, and what a change of a list means to a watch."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from chengxin.kernel.refusal import Refusal
from chengxin.law import facade as law
from chengxin.law.facade import Due, cites
from chengxin.matching.contracts import Hit
from chengxin.watches.contracts import Because, Watch
from chengxin.watches.grounds import LAW

PURPOSE: Final = "list_watching"


@cites("PIPL/19", "D/watch-term")
def longest(on: date, *, pack: str = law.DEFAULT_PACK) -> Due:
    """Count how long a watch set on a day lasts at most."""
    return LAW.due("watch.lasts", start=on, on=on, pack=pack)


def why_not_until(last_day: date, *, on: date, latest: date) -> Refusal | None:
    """Return why a watch may not run until a last day: it has no future, or outlasts the cap (`latest`)."""
    if on <= last_day < latest:
        return None
    return Refusal(
        code="WATCH-END",
        what="关注的最后一日要在{first}和{last}之间。",
        why="关注只能持续到实现目的所必要的时间，不能没有期限。",
        next_step="请写明最后一日；到期还需要的，重新设置。",
        basis=("PIPL/19",),
        field="last_day",
        values={"first": on.isoformat(), "last": (latest - timedelta(days=1)).isoformat()},
    )


def no_basis() -> Refusal:
    """Return the refusal that tells neither whether somebody is on file nor what is missing."""
    return Refusal(
        code="WATCH-NO-BASIS",
        what="没有找到您单位对这个主体现在有效的依据，不能关注。",
        why="只能关注您单位许可的、正在办案的，或者本人授权的主体。没有依据的关注和没有目的的查询一样，不得进行。",
        next_step="请核对号码和依据的编号。这次查找，当事人看得到。",
        basis=("PIPL/6", "PIPL/34"),
        field="reference",
    )


def why_over(watch: Watch, *, lives: bool, on: date) -> Because | None:
    """Return why a watch is over on a day, or None."""
    if on >= watch.ends_on:
        return Because.TERM
    return None if lives else Because.BASIS


def key_of(hit: Hit) -> str:
    """Return what a hit says, as a digest: when it changes, an officer's word on it counts no more."""
    return f"{hit.entry_id}:{hit.query_tag.hex()}:{hit.entry_tag.hex()}"


def to_raise(hits: Collection[Hit], known: Collection[str]) -> list[Hit]:
    """Return the hits nobody was warned of, or only before they changed."""
    return [hit for hit in hits if key_of(hit) not in known]
