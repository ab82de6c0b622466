"""What every row of a sheet is asked: planned once for an item, its columns, a day and who files it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import polars as pl

from chengxin.catalogue.contracts import Field, FieldUse, ItemVersion
from chengxin.intake.cells import conditions, raw_name
from chengxin.intake.gate_columns import GateChecks
from chengxin.intake.subject_columns import SubjectChecks
from chengxin.law import facade as law

NOT_IN_THE_FUTURE = {FieldUse.DETERMINED_ON, FieldUse.ENDED_ACT_ON, FieldUse.NOTIFIED_ON}
# A department files few kinds of sheets a day.
_MOST_PLANNED = 64

Check = tuple[str, str, pl.Expr]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the checks follow from: the item version, its fields and their places, the day, and who files it."""

    item: ItemVersion
    columns: tuple[tuple[str, int], ...]
    on: date
    body: str
    demo: bool
    pack: str

    def __hash__(self) -> int:
        """Leave the rest of the item version to the comparison: it holds what has no hash."""
        return hash((self.item.code, self.item.version, self.columns, self.on, self.body, self.demo, self.pack))


class Checks:
    """The checks of a sheet as conditions over its columns; sheets that are asked the same share them."""

    def __init__(self, asked: Asked) -> None:
        """Plan every check."""
        self._asked = asked
        self.columns = dict(asked.columns)
        self.fields = [field for field in asked.item.fields if field.name in self.columns]
        self.keys = [name for name in asked.item.row_key if name in self.columns]
        self.subject = SubjectChecks(asked.item, set(self.columns), on=asked.on, demo=asked.demo)
        self.gates = GateChecks(asked.item, set(self.columns), on=asked.on, pack=asked.pack)
        self.all: list[Check] = [check for field in self.fields for check in self._of_field(field)]
        self.all += self._of_orders()
        self.all += self._of_gates()
        self.all += self._of_body()
        self.all += self.subject.checks
        self.all += self.gates.checks

    def _of_field(self, field: Field) -> Iterable[Check]:
        yield from ((field.name, code, condition) for condition, code in conditions(field))
        if field.required:
            yield field.name, "U-REQUIRED", pl.col(raw_name(field)).is_null()
        if field.use in NOT_IN_THE_FUTURE:
            yield field.name, "U-DATE-FUTURE", pl.col(field.name) > self._asked.on

    def _of_orders(self) -> Iterable[Check]:
        for order in self._asked.item.orders:
            if order.earlier in self.columns and order.later in self.columns:
                yield order.later, order.code, pl.col(order.earlier) > pl.col(order.later)

    def _of_gates(self) -> Iterable[Check]:
        item = self._asked.item
        for gate in item.gates:
            if gate.field not in self.columns:
                yield item.row_key[0], gate.code, pl.lit(value=True)
            elif gate.equals:
                value = pl.col(gate.field).cast(pl.String)
                yield gate.field, gate.code, value.is_null() | (value != gate.equals)
            else:
                least = law.value(gate.at_least, on=self._asked.on).number
                yield gate.field, gate.code, pl.col(gate.field).is_null() | (pl.col(gate.field) < least)

    def _of_body(self) -> Iterable[Check]:
        field = self._asked.item.field_for(FieldUse.BODY_CODE)
        if field is not None and field.name in self.columns:
            yield field.name, "U-BODY", pl.col(field.name).str.to_uppercase() != self._asked.body


@lru_cache(maxsize=_MOST_PLANNED)
def planned(asked: Asked) -> Checks:
    """Return the checks of a sheet: building their expressions takes longer than asking them of a few rows."""
    return Checks(asked)
