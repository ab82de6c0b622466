"""Compare pairs of enterprise names part by part: the rule each pair falls under, its score, where it differs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np
import numpy.typing as npt

from chengxin.screening.contracts import Family
from chengxin.screening.enterprises import Structure
from chengxin.screening.points import INVERSE, Ints, Mask, Texts, spread
from chengxin.screening.words import NATIONAL

Scores = npt.NDArray[np.float64]
_BEST_SLIP: Final = 0.93
_ELSEWHERE: Final = 0.74


class Edit(IntEnum):
    """The one slip that makes two texts of each other."""

    NONE = 0
    EQUAL = 1
    SUBSTITUTED = 2
    DROPPED = 3
    ADDED = 4
    SWAPPED = 5


@dataclass(frozen=True)
class Pairs:
    """Candidate pairs: rows of the queries' names, rows of the list's names, the families that nominated them."""

    query: Ints
    entry: Ints
    families: Ints

    def by(self, family: Family) -> Mask:
        """Tell which pairs a family nominated."""
        found: Mask = (self.families >> family) & 1 == 1
        return found

    def only(self, mask: Mask) -> Pairs:
        """Return some of the pairs."""
        return Pairs(self.query[mask], self.entry[mask], self.families[mask])


def one_edit(one: Texts, other: Texts, rows: tuple[Ints, Ints], ends: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """Return the slip between the beginnings (`ends` long) of paired texts, and its place in the second.

    How far they agree is found by halving, by the hashes of their beginnings; one slip later their rests agree.
    """
    edit, place = np.zeros(len(rows[0]), np.int64), np.zeros(len(rows[0]), np.int64)
    near = np.flatnonzero(np.abs(ends[0] - ends[1]) <= 1)
    if len(near) == 0:
        return edit, place
    la, lb = ends[0][near], ends[1][near]
    a, b = one.starts[rows[0][near]], other.starts[rows[1][near]]
    head = _common(one, other, (a, b), np.minimum(la, lb))

    def rests(skipped: int, also: int) -> Mask:
        """Tell which rests agree, so many characters after the first that differ."""
        begin, beside = np.minimum(head + skipped, la), np.minimum(head + also, lb)
        left = (one.sums[a + la] - one.sums[a + begin]) * INVERSE[begin]
        right = (other.sums[b + lb] - other.sums[b + beside]) * INVERSE[beside]
        found: Mask = left == right
        return found

    alike, crossed = la == lb, np.zeros(len(near), bool)
    two = np.flatnonzero(alike & (head + 2 <= la))
    here, there = a[two] + head[two], b[two] + head[two]
    crossed[two] = (one.points[here] == other.points[there + 1]) & (one.points[here + 1] == other.points[there])
    edit[near] = np.select(
        [
            alike & (head >= la),
            alike & rests(1, 1),
            (la < lb) & rests(0, 1),
            (la > lb) & rests(1, 0),
            crossed & rests(2, 2),
        ],
        [Edit.EQUAL, Edit.SUBSTITUTED, Edit.DROPPED, Edit.ADDED, Edit.SWAPPED],
        Edit.NONE,
    )
    place[near] = head
    return edit, place


def _common(one: Texts, other: Texts, starts: tuple[Ints, Ints], most: Ints) -> Ints:
    """Return how many characters paired texts begin with alike, at most so many."""
    a, b = starts
    low, high = np.zeros(len(most), np.int64), most.copy()
    one_start, other_start = one.sums[a], other.sums[b]
    for _ in range(int(most.max()).bit_length()):
        middle = (low + high + 1) >> 1
        same = one.sums[a + middle] - one_start == other.sums[b + middle] - other_start
        low, high = np.where(same, middle, low), np.where(same, high, middle - 1)
    return low


def region_conflict(query: Structure, entry: Structure, pairs: Pairs) -> tuple[Mask, Mask]:
    """Return where both names carry regions that exclude each other, and where one carries none."""
    one, other = query.region_number[pairs.query], entry.region_number[pairs.entry]
    missing = (one < 0) | (other < 0)
    nested = np.zeros(len(one), bool)
    for step in (1, 100, 10000):
        coarse = (one % step == 0) & (other // step == one // step) | (other % step == 0) & (
            one // step == other // step
        )
        nested |= coarse & (one > NATIONAL) & (other > NATIONAL)
    same = (one == other) | nested
    return ~missing & ~same, missing & (one != other)


@dataclass(frozen=True)
class Compared:
    """The rule of each pair (empty: none), its score, and the place of a slip."""

    rule: npt.NDArray[np.str_]
    score: Scores
    edit: Ints
    place: Ints


class Judge:
    """Collect, for each pair, the rule with the highest score."""

    def __init__(self, size: int) -> None:
        self.rule = np.full(size, "", "U20")
        self.score = np.zeros(size)

    def offer(self, rule: str, where: Mask, score: Scores | float) -> None:
        """Give pairs a rule where it scores higher than what they have."""
        scores = np.broadcast_to(score, self.score.shape)
        better = where & (scores > self.score)
        self.rule[better] = rule
        self.score[better] = scores[better]


def compare(query: Structure, entry: Structure, pairs: Pairs, usual: npt.NDArray[np.float64]) -> Compared:
    """Compare pairs of enterprise names in characters; `usual` is the share of brands each character stands in."""
    q, e = pairs.query, pairs.entry
    judge = Judge(len(q))
    zero = np.zeros(len(q), np.int64)
    conflict, one_sided = region_conflict(query, entry, pairs)
    q_full, e_full = query.texts.piece(q, zero, query.legal[q]), entry.texts.piece(e, zero, entry.legal[e])
    q_base, e_base = query.texts.piece(q, zero, query.trade[q]), entry.texts.piece(e, zero, entry.trade[e])
    q_core = query.texts.piece(q, query.region[q], query.trade[q])
    e_core = entry.texts.piece(e, entry.region[e], entry.trade[e])
    branch = query.has_branch[q] | entry.has_branch[e]
    same_branch = query.texts.lengths[q] - query.legal[q] == entry.texts.lengths[e] - entry.legal[e]
    legal = query.has_legal[q] & entry.has_legal[e]
    core_length = entry.trade[e] - entry.region[e]
    branded = (entry.brand[e] > entry.region[e]) & (query.brand[q] > query.region[q])

    judge.offer("name_exact", (q_full == e_full) & (~branch | same_branch), 0.99)
    judge.offer("branch", (q_full == e_full) & branch, 0.92)
    judge.offer("branch", (q_base == e_base) & branch, 0.90)
    judge.offer("legal_form", (q_base == e_base) & legal & ~branch, 0.95)
    judge.offer("short_name", (q_base == e_base) & ~legal, np.where(branded | (entry.trade[e] >= 4), 0.93, 0.72))
    cored = (q_core == e_core) & (q_base != e_base) & ~conflict & branded
    judge.offer("region", cored & ~one_sided, 0.94)
    lacking = np.select([core_length >= 4, core_length == 3, core_length == 2], [0.88, 0.82, 0.76], 0.0)
    judge.offer("region", cored & one_sided, np.where(legal | (core_length >= 4), lacking, lacking - 0.04))
    edit, place = _slips(query, entry, pairs, judge, ((q_full != e_full) & (q_base != e_base), conflict, usual))
    _sounds(query, entry, pairs, judge, conflict)
    judge.offer("word_order", pairs.by(Family.BAG) & ~conflict & (entry.trade[e] >= 5), 0.80)
    _abbreviations(query, entry, pairs, judge)
    # The very same name in regions that exclude each other, as stated beside it, is likely that of two firms.
    elsewhere = conflict & (q_base == e_base)
    judge.score = np.where(elsewhere, np.minimum(judge.score, _ELSEWHERE), judge.score)
    return Compared(judge.rule, judge.score, edit, place)


def _slips(
    query: Structure, entry: Structure, pairs: Pairs, judge: Judge, known: tuple[Mask, Mask, Scores]
) -> tuple[Ints, Ints]:
    """Offer the rule of typing errors: a slip weighs by the part of the name it falls into.

    `known` says which names differ, which regions exclude each other, and how usual characters are. What another rule
    has scored as high as a slip can is not compared.
    """
    differing, conflicts, usual = known
    edits, places = np.zeros(len(judge.score), np.int64), np.zeros(len(judge.score), np.int64)
    chosen = np.flatnonzero(differing & (judge.score < _BEST_SLIP))
    if len(chosen) == 0:
        return edits, places
    some = Pairs(pairs.query[chosen], pairs.entry[chosen], pairs.families[chosen])
    q, e, conflict = some.query, some.entry, conflicts[chosen]
    edit, place = one_edit(query.texts, entry.texts, (q, e), (query.legal[q], entry.legal[e]))
    is_whole = edit > Edit.EQUAL
    rest = np.flatnonzero(~is_whole)
    ends = (query.trade[q[rest]], entry.trade[e[rest]])
    edit[rest], place[rest] = one_edit(query.texts, entry.texts, (q[rest], e[rest]), ends)
    at = np.minimum(place, np.maximum(entry.legal[e] - 1, 0))
    in_region, in_legal = at < entry.region[e], at >= entry.trade[e]
    in_brand = (at >= entry.region[e]) & (at < entry.brand[e])
    score = np.select(
        [in_legal, in_region, in_brand], [_BEST_SLIP, 0.86, brand_score(query, entry, some, (edit, at), usual)], 0.84
    )
    in_trade = ~in_legal & ~in_region & ~in_brand
    other_trade = in_trade & (edit == Edit.SUBSTITUTED) & (query.brand[q] == entry.brand[e])
    score = np.where(other_trade & (query.region[q] == entry.region[e]), 0.64, score)
    lost_region = in_region & conflict & (query.region[q] > 0)
    wrong = lost_region | (~in_region & conflict)
    where, scores = np.zeros(len(judge.score), bool), np.zeros(len(judge.score))
    where[chosen] = (edit > Edit.EQUAL) & ~wrong
    scores[chosen] = np.where(is_whole, score, score - 0.03)
    judge.offer("typing_error", where, scores)
    edits[chosen], places[chosen] = edit, place
    return edits, places


def brand_score(
    query: Structure, entry: Structure, pairs: Pairs, slip: tuple[Ints, Ints], usual: npt.NDArray[np.float64]
) -> Scores:
    """Return the score of a slip within a brand: firms that differ by one character are many, typing errors rare.

    A brand of two characters is another brand when one changes to a character that brands like.
    """
    edit, at = slip
    q, e = pairs.query, pairs.entry
    length = entry.brand[e] - entry.region[e]
    q_at = np.minimum(query.texts.starts[q] + at, len(query.texts.points) - 1)
    typed = query.texts.points[q_at]
    share = usual[np.minimum(typed, len(usual) - 1)]
    # Neighbours within the name itself: beside it lie the names of other queries.
    before = query.texts.points[np.maximum(q_at - 1, 0)]
    after = query.texts.points[np.minimum(q_at + 1, len(query.texts.points) - 1)]
    repeats = ((typed == before) & (at > 0)) | ((typed == after) & (at + 1 < query.texts.lengths[q]))
    doubled = (edit == Edit.ADDED) & repeats
    rest = np.minimum(entry.trade[e] - entry.brand[e], 6) * 0.01
    rare = np.select([share < 2e-5, share < 2e-4, share < 1e-3], [0.14, 0.08, 0.03], 0.0)
    changed = np.select([length >= 5, length == 4, length == 3], [0.82, 0.78, 0.67], 0.50) + rest + rare
    lost = np.select([length >= 4, length == 3], [0.84, 0.82], 0.79)
    return np.select(
        [doubled, edit == Edit.SWAPPED, edit == Edit.DROPPED, edit == Edit.ADDED],
        [np.full(len(q), 0.90), np.where(length >= 3, 0.84, 0.80), lost, np.where(length >= 3, 0.74, 0.66)],
        np.minimum(changed, 0.86),
    )


def _sounds(query: Structure, entry: Structure, pairs: Pairs, judge: Judge, conflict: Mask) -> None:
    """Offer the rule of homophones: read alike, written differently."""
    q, e = pairs.query, pairs.entry
    core = entry.trade[e] - entry.region[e]
    alike = pairs.by(Family.SPOKEN) & (entry.brand[e] > entry.region[e])
    whole = query.trade[q] == entry.trade[e]
    cored = ~conflict & (query.trade[q] - query.region[q] == core)
    differing = np.full(len(q), 9)
    for fits, begins in ((cored, (query.region[q], entry.region[e])), (whole & ~cored, (0 * q, 0 * e))):
        chosen = np.flatnonzero(alike & fits)
        differing[chosen] = _differing(query, entry, pairs, (chosen, begins[0][chosen], begins[1][chosen]))
    # A homophone may stand in the region itself; then the region is not read and cannot conflict.
    unread = whole & (query.region_number[q] < 0)
    score = np.select([core >= 4, core == 3], [0.88, 0.84], 0.78) - 0.04 * np.maximum(differing - 1, 0)
    same_place = np.where(query.region[q] == entry.region[e], 0.0, 0.04)
    judge.offer(
        "homophone", alike & (cored | unread) & (differing >= 1) & (differing < 9), np.maximum(score - same_place, 0.6)
    )
    judge.offer("homophone", alike & ~whole & ~cored & ~conflict & (core >= 3), 0.74)


def _differing(query: Structure, entry: Structure, pairs: Pairs, chosen: tuple[Ints, Ints, Ints]) -> Ints:
    """Return in how many places the rest of the bases differ from the given begins on."""
    which, q_begin, e_begin = chosen
    q, e = pairs.query[which], pairs.entry[which]
    length = entry.trade[e] - e_begin
    owners, place = spread(length)
    one = query.texts.points[query.texts.starts[q[owners]] + q_begin[owners] + place]
    other = entry.texts.points[entry.texts.starts[e[owners]] + e_begin[owners] + place]
    return np.bincount(owners, one != other, minlength=len(which)).astype(np.int64)


def _abbreviations(query: Structure, entry: Structure, pairs: Pairs, judge: Judge) -> None:
    """Offer the rules of short names: characters of the full name in their order, from a head of a part on."""
    chosen = np.flatnonzero(pairs.by(Family.PAIR) & (judge.score < 0.9))
    if len(chosen) == 0:
        return
    q, e = pairs.query[chosen], pairs.entry[chosen]
    lengths = query.legal[q]
    width = int(entry.legal[e].max()) + 1
    other = entry.texts.matrix(e, width)
    columns = np.arange(width)
    best, runs = np.zeros(len(q)), np.zeros(len(q), bool)
    for start in (np.zeros(len(q), np.int64), entry.first_region[e], entry.region[e]):
        at, fits, joined = start - 1, np.ones(len(q), bool), np.ones(len(q), bool)
        heads = np.zeros(len(q), np.int64)
        for turn in range(int(lengths.max())):
            active = turn < lengths
            wanted = query.texts.points[query.texts.starts[q] + np.minimum(turn, lengths - 1)]
            match = (other == wanted[:, None]) & (columns > at[:, None]) & (columns < entry.legal[e][:, None])
            there = match.any(axis=1)
            step = match.argmax(axis=1)
            if turn == 0:
                there &= step == start
            joined &= ~active | (step == at + 1)
            heads += active & (turn > 0) & (step != at + 1)
            fits &= ~active | there
            at = np.where(active & there, step, at)
        span = at - start + 1
        contiguous = fits & joined
        score = np.where(contiguous, np.select([lengths >= 4, lengths == 3], [0.84, 0.78], 0.70), 0.0)
        broken = fits & ~joined & (lengths >= 3)
        spread_out = np.minimum(heads - 1, 2) * 0.02 + np.maximum(span - 10, 0) * 0.01
        score = np.where(broken, np.select([lengths >= 4], [0.81], 0.72) - spread_out, score)
        runs = np.where(score > best, contiguous, runs)
        best = np.maximum(best, score)
    whole = np.zeros(len(judge.score))
    whole[chosen] = best
    contiguous = np.zeros(len(judge.score), bool)
    contiguous[chosen] = runs
    judge.offer("short_name", contiguous, whole)
    judge.offer("abbreviation", ~contiguous & (whole > 0), whole)
