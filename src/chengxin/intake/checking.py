"""Check every row of a sheet without keeping it: large CSV files by proof, all else row by row."""

from __future__ import annotations

from collections.abc import Iterator

from chengxin.files.contracts import Limits, Sheet
from chengxin.intake.ahead import side_by_side
from chengxin.intake.contracts import Checked
from chengxin.intake.validation import Validator

# Compiled code takes a second to load, and half a minute the first time: below this it is not worth it.
_LARGE = 64_000_000


def check_sheet(sheet: Sheet, validator: Validator, *, limits: Limits) -> Iterator[Checked]:
    """Yield what is found in block after block, in their order; the answers are the same either way."""
    if sheet.texts is not None and sheet.size > _LARGE:
        from chengxin.intake.proving import can_prove, check_texts  # noqa: PLC0415 - see above

        if can_prove(validator):
            yield from check_texts(validator, sheet.texts, width=len(sheet.headings), limits=limits)
            return
    for judged in side_by_side(validator.judge, sheet.blocks):
        yield validator.settle(judged, keep=False)
