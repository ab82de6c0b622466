"""What can be proven of the rows of an item by their bytes alone: cell by cell, dates in order, the row's key.

What turns on codes and on which facts are given is not decided here: it is mixed into one number per row, the
*combination*, and `proving` learns which combinations pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chengxin.catalogue.contracts import Field, FieldType, FieldUse
from chengxin.intake import proof_kernel as kernel
from chengxin.intake.cells import EARLIEST, NO_END
from chengxin.intake.checks import NOT_IN_THE_FUTURE
from chengxin.intake.csv_scan import Scanned
from chengxin.intake.proof_kernel import Hashes
from chengxin.intake.validation import Validator
from chengxin.kernel.compiled import Bytes, Ints, Mask
from chengxin.kernel.identifiers import NumberFault
from chengxin.records.facade import COLLECT_CODES

# The checks whose absence a proof or a combination shows; an item with any other is read row by row.
PROVEN_CODES: Final = frozenset(
    {
        *("U-REQUIRED", "U-LENGTH", "U-FORMULA", "U-UNSEEN", "U-URL", "U-CODE", "U-BOOLEAN", "U-AMOUNT", "U-NUMBER"),
        *("U-AMOUNT-NEGATIVE", "U-DATE-FORMAT", "U-DATE-EARLY", "U-DATE-LATE", "U-DATE-FUTURE", "U-BODY", "U-KIND"),
        *("U-ID-REQUIRED", "U-USCC-REQUIRED", "U-MINOR-ACT"),
        *(fault.code for fault in NumberFault),
        *COLLECT_CODES,
    }
)
_CODED: Final = {FieldType.CODE, FieldType.ID_TYPE, FieldType.BOOLEAN}
_NUMBERS: Final = {FieldType.USCC, FieldType.ID_NO}
_DECIMALS: Final = {FieldType.MONEY: 6, FieldType.DECIMAL: 6, FieldType.INTEGER: 0}
# Facts the gates ask of these only whether they are given, or when.
_GIVEN: Final = {FieldUse.DETERMINED_ON, FieldUse.DOCUMENT_NO, FieldUse.CONSENT_NO, FieldUse.REMEDY_ENDED_ON}
# Only looked at for a person with another document than the resident identity card, who is never proven.
_OF_OTHERS: Final = {FieldUse.BIRTH_DATE, FieldUse.ENDED_ACT_ON}
_ACTS: Final = {FieldUse.ENDED_ACT_ON, FieldUse.DETERMINED_ON}
_SOLE_TRADER: Final = np.frombuffer(b"92", np.uint8)
_MULTIPLY: Final = np.uint64(0xD6E8FEB86659FD93)


@dataclass(frozen=True, kw_only=True)
class Proof:
    """Of each row: where it starts, whether all but its combination is proven, its key and its combination.

    `starts` has one more, where the text ends.
    """

    starts: Ints
    proven: Mask
    keys: Hashes
    combinations: Hashes


@dataclass(kw_only=True)
class _Rows:
    """The rows one look goes over, and what it has found of them."""

    text: Bytes
    cells: Ints
    proven: Mask
    keys: Hashes
    combinations: Hashes
    days: dict[str, Ints]
    acts: Ints
    births: Ints


class Prover:
    """Proves the rows of one sheet for one item on one day."""

    def __init__(self, validator: Validator, *, seed: int) -> None:
        """Take the plan of checks from the validator of the sheet."""
        self._fields = validator.fields
        self._places: Mapping[str, int] = validator.columns
        self._keys = sorted(validator.columns[name] for name in validator.keys)
        self._seed = np.uint64(seed)
        self._demo, self._on = validator.demo, _number(validator.on)
        self._body = np.frombuffer(validator.body.encode(), np.uint8)
        self._adult_birth = _number(validator.subject.adult_birth)
        self._adult_years = (validator.on.year - validator.subject.adult_birth.year) * 10000
        self._orders = [(order.earlier, order.later) for order in validator.item.orders]
        self._words = {
            one.field: np.frombuffer(one.contains.encode(), np.uint8) for one in validator.gates.row_categories
        }
        self._facts = {name for fact in validator.gates.facts.values() for name in fact.meta.root_names()}

    def prove(self, parts: Iterable[Scanned]) -> Proof:
        """Look at every row of a scanned text, part after part."""
        looks = [(part.starts, self._look(part), len(part.text)) for part in parts]
        return Proof(
            starts=np.concatenate([*(starts for starts, _, _ in looks), [size for *_, size in looks[-1:]]]),
            proven=np.concatenate([rows.proven for _, rows, _ in looks]),
            keys=np.concatenate([rows.keys for _, rows, _ in looks]),
            combinations=np.concatenate([rows.combinations for _, rows, _ in looks]),
        )

    def hash_keys(self, texts: list[list[str]]) -> Hashes:
        """Return the keys of rows that were read, given the columns of `key_names` in their order."""
        hashes = np.full(len(texts[0]), self._seed)
        for column in texts:
            cells = [cell.encode() for cell in column]
            ends = np.cumsum([0, *map(len, cells)])
            kernel.mix(np.frombuffer(b"".join(cells), np.uint8), np.stack([ends[:-1], ends[1:]], axis=1), hashes)
        return hashes

    @property
    def key_names(self) -> list[str]:
        """Return the names of the fields that identify a row, as they stand in the file."""
        named = {place: name for name, place in self._places.items()}
        return [named[place] for place in self._keys]

    def _look(self, part: Scanned) -> _Rows:
        count = len(part.starts)
        none = np.zeros(count, np.int64)
        rows = _Rows(
            text=part.text,
            cells=part.cells,
            proven=~part.odd,
            keys=np.full(count, self._seed),
            combinations=np.full(count, self._seed),
            days={},
            acts=none,
            births=none,
        )
        for place in self._keys:
            kernel.mix(part.text, part.cells[place], rows.keys)
        for field in self._fields:
            self._prove_cells(field, rows)
            self._mix_facts(field, rows)
        for earlier, later in self._orders:
            if earlier in rows.days and later in rows.days:
                first, second = rows.days[earlier], rows.days[later]
                rows.proven &= (first == 0) | (second == 0) | (first <= second)
        # On the day after the birthday one is grown up; the two days about it are looked at.
        grown = rows.acts > rows.births + self._adult_years + 1
        rows.proven &= (rows.births == 0) | (rows.acts == 0) | grown
        return rows

    def _prove_cells(self, field: Field, rows: _Rows) -> None:
        """Prove one column by its type; a cell with an address is always read."""
        text, proven, cells = rows.text, rows.proven, rows.cells[self._places[field.name]]
        if field.required:
            proven &= cells[:, 1] > cells[:, 0]
        if field.type is FieldType.DATE:
            self._prove_days(field, rows)
        elif field.type in _DECIMALS:
            kernel.prove_numbers(text, cells, _DECIMALS[field.type], proven)
        elif field.type not in _CODED:
            kernel.prove_texts(text, cells, field.max_length, proven)
        if field.type is FieldType.URL:
            proven &= cells[:, 1] == cells[:, 0]
        if field.type in _NUMBERS:
            self._prove_number(field, rows)
        if field.use is FieldUse.BODY_CODE:
            kernel.prove_same(text, cells, self._body, proven)
        if field.name in self._words:
            kernel.prove_without(text, cells, self._words[field.name], proven)

    def _prove_number(self, field: Field, rows: _Rows) -> None:
        """Prove the number of a firm or a person; whose it is must be grown up."""
        proven, cells = rows.proven, rows.cells[self._places[field.name]]
        if field.type is FieldType.USCC:
            kernel.prove_uscc(rows.text, cells, self._demo, proven)
            return
        births = np.zeros(len(cells), np.int64)
        kernel.prove_id(rows.text, cells, self._demo, births, proven)
        if field.use is FieldUse.SUBJECT_ID_NO:
            proven &= births <= self._adult_birth
            rows.births = births

    def _prove_days(self, field: Field, rows: _Rows) -> None:
        days, proven = np.zeros(len(rows.proven), np.int64), rows.proven
        kernel.prove_dates(rows.text, rows.cells[self._places[field.name]], days, proven)
        latest = self._on if field.use in NOT_IN_THE_FUTURE else _number(NO_END)
        proven &= (days == 0) | ((days >= _number(EARLIEST)) & (days <= latest))
        if field.use in _ACTS:
            rows.acts = np.where((rows.acts == 0) | ((days != 0) & (days < rows.acts)), days, rows.acts)
        rows.days[field.name] = days

    def _mix_facts(self, field: Field, rows: _Rows) -> None:
        """Mix into the combination what a gate, a code list or the kind of subject turns on."""
        cells, combinations = rows.cells[self._places[field.name]], rows.combinations
        given = cells[:, 1] > cells[:, 0]
        if field.use in _GIVEN:
            days = rows.days.get(field.name)
            _mix(combinations, given if days is None else given.astype(np.int64) + (days >= self._on))
        elif field.use is FieldUse.SUBJECT_ID_NO:
            _mix(combinations, given)
        elif field.use is FieldUse.SUBJECT_USCC:
            begins = rows.text[np.minimum(cells[:, :1] + [0, 1], len(rows.text) - 1)]
            _mix(combinations, given.astype(np.int64) + (given & (begins == _SOLE_TRADER).all(axis=1)))
        elif field.type in _CODED or (
            field.name in self._facts and field.use not in _OF_OTHERS and field.name not in self._words
        ):
            kernel.mix(rows.text, cells, combinations)


def _mix(hashes: Hashes, state: NDArray[np.int64] | Mask) -> None:
    hashes ^= state.astype(np.uint64)
    hashes *= _MULTIPLY
    hashes ^= hashes >> np.uint64(32)


def _number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day
