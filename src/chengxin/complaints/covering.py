"""Third persons in what is handed in (第三人): covered until whoever handed it in says which part may be seen.

Nothing guesses where a face or a name is. A new paper is covered as a whole; the last mark of its giver decides.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Final, Protocol, TypeVar

from django.db.models import Max, Model, QuerySet

from chengxin.casework.facade import Sent
from chengxin.files import facade as files
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.law.facade import cites

WISHES: Final = ("cells", "all", "nothing")


class Handed(Protocol):
    """A row of what was handed in: a text, or a paper with what of it is shown."""

    digest: str
    is_paper: bool
    shown: str


_Row = TypeVar("_Row", bound=Handed)
_Kept = TypeVar("_Kept", bound=Model)


class Bare:
    """A file as it was sent, without what a camera wrote into it; a PDF and what is no paper stay as they are."""

    def __init__(self, sent: Sent) -> None:
        self._sent, self.size = sent, sent.size

    def chunks(self) -> Iterable[bytes]:
        """Return its bytes; a picture is read here, so that what is refused for its number is never read."""
        content = b"".join(self._sent.chunks())
        yield files.without_traces(content) if files.is_picture(content) else content


def bare(sent: Sequence[Sent]) -> list[Bare]:
    """Return what was sent as it may be kept (`casework.keep_papers`): pictures without their metadata."""
    return [Bare(one) for one in sent]


def once(rows: Iterable[_Row]) -> list[_Row]:
    """Return each text and each paper once, a paper with the mark that came last."""
    found: dict[str, _Row] = {}
    for row in rows:
        if row.digest in found:
            found[row.digest].shown = row.shown
        else:
            found[row.digest] = row
    return list(found.values())


def still_kept(rows: Iterable[_Row], *, is_destroyed: bool, absent: Refusal) -> _Row:
    """Return what was handed in under one digest, a paper with its last mark, or refuse: it is kept no more."""
    found = once(rows)
    if not found or is_destroyed:
        raise Refused(absent)
    return found[0]


def last_place(rows: QuerySet[_Kept]) -> int:
    """Return the place of what came last, from 1; 0: nothing yet."""
    return int(rows.aggregate(last=Max("place"))["last"] or 0)


@cites("PIPL/6", "D/third-persons")
def seen(row: Handed, opened: Callable[[str], bytes]) -> bytes:
    """Open what others than its giver may see of a paper; a text is seen as it is, and a whole cover is not opened."""
    if not row.is_paper:
        return opened(row.digest)
    shown = files.read_shown(row.shown)
    if not (shown.is_whole or shown.cells):
        raise Refused(covered_whole())
    content = opened(row.digest)
    if files.is_picture(content):
        return files.covered(content, shown)
    if not shown.is_whole:
        raise Refused(covered_whole())
    return content


@cites("PIPL/6", "D/third-persons")
def mark_of(content: bytes, wish: str, cells: Collection[int] = ()) -> str:
    """Return the mark its giver makes: some cells of a picture, all of a paper, or nothing; a PDF has no cells."""
    if wish == "all":
        return str(files.Shown(is_whole=True))
    if wish == "nothing":
        return ""
    if wish != "cells" or not files.is_picture(content):
        raise Refused(_no_mark())
    columns, rows = files.grid_of(content)
    if not cells or not all(0 <= cell < columns * rows for cell in cells):
        raise Refused(_no_mark())
    return str(files.Shown(columns=columns, rows=rows, cells=frozenset(cells)))


def why_not_uncovered(reasons: str) -> Refusal | None:
    """Return why a paper is not opened uncovered: without a reason nobody looks under a cover."""
    if len(reasons.strip()) >= 2:
        return None
    return Refusal(
        code="TIP-UNCOVER-WHY",
        what="请写明为什么要看遮住的部分。",
        why="遮住的可能是别人的脸、名字、号码。每次查看都有记录，提交的人看得到。",
        next_step="不看也能办理的，不看；也可以请提交的人自己多露出一些。",
        basis=("PIPL/6",),
        field="reasons",
    )


def covered_whole() -> Refusal:
    """Return the refusal for a paper of which nothing is shown."""
    return Refusal(
        code="TIP-COVERED",
        what="这份凭证现在整份遮住。",
        why="里面可能有别人的脸、名字、号码，提交的人还没有选出可以看的部分。",
        next_step="请提交的人选出可以看的部分；办理确实需要的，写明理由查看。",
        basis=("PIPL/6",),
    )


def _no_mark() -> Refusal:
    return Refusal(
        code="TIP-MARK",
        what="还没有选出可以看的格子。",
        why="没有选的格子一直遮住。",
        next_step="请至少选一格；不想让人看的，选“全部遮住”。",
        field="cells",
    )
