"""The door of `subjects`: who a number belongs to, and the keys their personal fields are sealed with."""

from __future__ import annotations

from datetime import datetime

import polars as pl

from chengxin.kernel.actor import Actor


def resolve_many(claims: pl.DataFrame, *, now: datetime, actor: Actor) -> pl.DataFrame:
    """Return `row`, `subject_id` (Binary, 16 bytes; null while held), `outcome` and `code` for each claim.

    `claims` holds `row` (UInt32), `kind` (SubjectKind), `id_kind` (IdentifierKind), `number` (compact, checked) and
    `name` (cleaned), all strings. `outcome` is existing, new or review; a row under review is held, and `code`
    says why (E-SUB-01: the number is known under another name).
    """
    raise NotImplementedError
