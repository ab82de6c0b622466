"""Answer queries from a segment: nominate by keys, compare, judge by the ladder; one path for one and a million."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import starmap
from typing import Final, NamedTuple

import numpy as np

from chengxin.screening.comparing import Compared, Edit, Pairs, compare
from chengxin.screening.contracts import COLUMNS, Family, Hit, Kind, Query
from chengxin.screening.enterprises import query_keys, structure
from chengxin.screening.families import cap_of
from chengxin.screening.judging import Found, facts_of, hit_by_name, hit_of, ranked, unanswered
from chengxin.screening.keys import (
    Keys,
    Names,
    is_enterprise_in_chinese,
    names_of,
    number_keys,
    person_query_keys,
)
from chengxin.screening.people import align
from chengxin.screening.persons import latin_name
from chengxin.screening.points import Ints, Texts
from chengxin.screening.reading import Rows, tidied, why_unreadable
from chengxin.screening.rules import (
    LATIN_SCORES,
    LEAST,
)
from chengxin.screening.segment import Segment, rows_at

Progress = Callable[[int, int], None]
Among = Callable[[str], bool]
_BATCH: Final = 10_000
_ID, _NAME = COLUMNS.index("id"), COLUMNS.index("name")
_WRITTEN, _FOLDED = 2, 3  # Of a line of names: its row, its kind, as written, folded, whether in Chinese.
_EDITS: Final = {edit.value: edit.name.lower() for edit in Edit}


class _Name(NamedTuple):
    """One name of one side."""

    kind: str
    written: str
    folded: str
    chinese: bool


class Screener:
    """A list that answers; the answers to many queries are those to each."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment

    def answer(self, queries: Sequence[Query], *, among: Among | None = None) -> list[list[Hit]]:
        """Return the hits of each query, the strongest first; an unreadable query answers with its reason.

        With `among` only entries whose id it takes are looked at, so that no other one fills the answer.
        """
        asked = [tidied(query) for query in queries]
        codes = [why_unreadable(query) for query in asked]
        found = self._batch([query for query, code in zip(asked, codes, strict=True) if not code], among)
        return [[unanswered(query.id, code)] if code else next(found) for query, code in zip(asked, codes, strict=True)]

    def screen(self, rows: Rows, *, progress: Progress | None = None) -> Iterator[Hit]:
        """Give the hits of all rows in the order of the rows, then those of rows that could not be read."""
        for begin in range(0, len(rows.frame), _BATCH):
            for hits in self._batch(list(starmap(Query, rows.frame.slice(begin, _BATCH).iter_rows()))):
                yield from hits
            if progress:
                progress(min(begin + _BATCH, len(rows.frame)), len(rows.frame))
        for line, row_id, code in rows.aside.iter_rows():
            yield unanswered(row_id, code, line=line)

    def _batch(self, rows: list[Query], among: Among | None = None) -> Iterator[list[Hit]]:
        names = names_of(rows)
        firms = is_enterprise_in_chinese(names)
        found = self._by_number(rows)
        if firms.any():
            found += self._enterprises(names, np.flatnonzero(firms))
        if not firms.all():
            found += self._others(names)
        if among is not None:
            places = list({one.entry for one in found})
            rows_of = zip(places, rows_at(self.segment.entries, places), strict=True)
            taken = {place for place, row in rows_of if among(row[_ID])}
            found = [one for one in found if one.entry in taken]
        return self._judged(rows, found)

    def _by_number(self, rows: list[Query]) -> list[Found]:
        keys, at = number_keys(rows)
        if len(at) == 0:
            return []
        which, entries, _ = self.segment.tables[Family.NUMBER].find(keys, cap_of(Family.NUMBER))
        pairs = sorted(set(zip(at[which].tolist(), entries.tolist(), strict=True)))
        return [Found(query, entry, "identifier", 1.0, "", "") for query, entry in pairs]

    def _pairs(self, keys: Keys) -> Pairs:
        """Return the candidate pairs of keys, each once with the families that nominated it."""
        parts = []
        for family, (at, hashes) in keys.items():
            which, rows, _ = self.segment.tables[family].find(hashes, cap_of(family))
            if len(rows) == 0:
                continue
            parts.append((at[which] << 32 | rows, np.full(len(rows), 1 << family, np.int64)))
        joined = np.concatenate([pair for pair, _ in parts]) if parts else np.zeros(0, np.int64)
        bits = np.concatenate([bit for _, bit in parts]) if parts else np.zeros(0, np.int64)
        order = np.argsort(joined, kind="stable")
        joined, bits = joined[order], bits[order]
        first = np.flatnonzero(np.concatenate(([True], joined[1:] != joined[:-1]))) if len(joined) else joined
        families = np.bitwise_or.reduceat(bits, first) if len(first) else bits
        return Pairs(joined[first] >> 32, joined[first] & 0xFFFFFFFF, families)

    def _enterprises(self, names: Names, rows: Ints) -> list[Found]:
        shape = structure(Texts.of(names.folded), stated=names.region)
        pairs = self._pairs(query_keys(shape, rows))
        if not len(pairs.query):
            return []
        pairs = Pairs(rows[pairs.query], pairs.entry, pairs.families)
        judged = compare(shape, self.segment.structure, pairs, self.segment.usual)
        chosen = np.flatnonzero(judged.score >= LEAST)
        queries, entries = pairs.query[chosen], pairs.entry[chosen]
        found = zip(
            queries.tolist(),
            self.segment.at[entries].tolist(),
            judged.rule[chosen].tolist(),
            judged.score[chosen].tolist(),
            [row[_WRITTEN] for row in rows_at(self.segment.names, entries.tolist())],
            self._slips(names, pairs, judged, chosen),
            strict=True,
        )
        at, written = names.at, names.written
        return [
            Found(at[query], entry, rule, score, written[query], value, slip)
            for query, entry, rule, score, value, slip in found
        ]

    def _slips(self, names: Names, pairs: Pairs, judged: Compared, chosen: Ints) -> list[str]:
        """Return where names with a typing error differ; nothing for others."""
        shown = [""] * len(chosen)
        lines = np.flatnonzero(judged.rule[chosen] == "typing_error")
        places = chosen[lines]
        others = [row[_FOLDED] for row in rows_at(self.segment.names, pairs.entry[places].tolist())]
        slips = zip(judged.place[places].tolist(), judged.edit[places].tolist(), strict=True)
        for line, query, other, (at, edit) in zip(
            lines.tolist(), pairs.query[places].tolist(), others, slips, strict=True
        ):
            one = names.folded[query]
            shown[line] = f"{one[at : at + 2]}≈{other[at : at + 2]} @{at + 1} {_EDITS[edit]}"
        return shown

    def _others(self, names: Names) -> list[Found]:
        has_chinese = len(self.segment.tables[Family.ROMAN].keys) > 0
        pairs = self._pairs(person_query_keys(names, has_chinese_persons=has_chinese))
        entries = rows_at(self.segment.names, pairs.entry.tolist())
        found = []
        lines = zip(pairs.query.tolist(), pairs.entry.tolist(), pairs.families.tolist(), entries, strict=True)
        for query, row, bits, (at, kind, written, folded, chinese) in lines:
            one = _Name(names.kind[query], names.written[query], names.folded[query], names.chinese[query])
            other = _Name(kind, written, folded, chinese)
            if one.kind == Kind.ENTERPRISE and other.chinese:
                rule, score, alignment, words = "pinyin", self._pinyin_score(row), "", 0
            else:
                rule, score, alignment, words = _person_rule(one, other, bits)
            if rule:
                place = names.at[query]
                found.append(Found(place, at, rule, score, one.written, other.written, alignment, words))
        return found

    def _pinyin_score(self, entry: int) -> float:
        """Return the score of an enterprise's name in pinyin: the shorter what it names, the more firms share it."""
        core = int(self.segment.structure.trade[entry] - self.segment.structure.region[entry])
        return 0.90 if core >= 4 else 0.86 if core == 3 else 0.80

    def _judged(self, rows: list[Query], found: list[Found]) -> Iterator[list[Hit]]:
        """Give the hits of each row: the best rule of each pair, judged with identifiers and dates if there are any."""
        best: dict[int, dict[int, Hit]] = {}
        if not found:
            yield from ([] for _ in rows)
            return
        for one, hit in self._hits(rows, found):
            known = best.setdefault(one.query, {})
            if one.entry not in known or hit.score > known[one.entry].score:
                known[one.entry] = hit
        for place in range(len(rows)):
            yield ranked(best[place]) if place in best else []

    def _hits(self, rows: list[Query], found: list[Found]) -> Iterator[tuple[Found, Hit]]:
        """Give what each rule comes to; most enterprises are asked about by name alone, and read less."""
        plain = [row.kind == Kind.ENTERPRISE and not row.id_no and not row.uscc for row in rows]
        named = [one for one in found if plain[one.query]]
        others = [one for one in found if not plain[one.query]]
        entries = self.segment.entries
        cells = [(row[_ID], row[_NAME]) for row in rows_at(entries, [one.entry for one in named])]
        for one, entry in zip(named, cells, strict=True):
            yield one, hit_by_name(rows[one.query], entry, one)
        if not others:
            return
        wanted = sorted({one.entry for one in others})
        facts = {place: facts_of(rows[place]) for place in {one.query for one in others}}
        known = dict(zip(wanted, (facts_of(Query(*row)) for row in rows_at(entries, wanted)), strict=True))
        for one in others:
            hit = hit_of(facts[one.query], known[one.entry], one)
            if hit is not None:
                yield one, hit


def _person_rule(one: _Name, other: _Name, bits: int) -> tuple[str, float, str, int]:
    """Return the rule two names of persons (or two names in letters) fall under, their alignment, words that agree."""

    def by(*families: Family) -> bool:
        return any(bits >> family & 1 for family in families)

    if not (one.chinese or other.chinese):
        firm = one.kind == Kind.ENTERPRISE
        aligned = align(latin_name(one.written, enterprise=firm), latin_name(other.written, enterprise=firm))
        score = LATIN_SCORES.get(aligned.agreement, 0.0) if firm else 1.0
        return (str(aligned.agreement) if score else ""), score, aligned.alignment, aligned.words
    if one.chinese and other.chinese:
        if one.folded == other.folded:
            return "person_name", 1.0, "", 0
        rule = "person_typing_error" if by(Family.PERSON_FEWER_BORN) else "person_homophone"
    else:
        rule = "person_pinyin" if by(Family.ROMAN, Family.ROMAN_LATIN) else "person_dialect"
    return rule, 1.0, f"{one.folded}≈{other.folded}", 0
