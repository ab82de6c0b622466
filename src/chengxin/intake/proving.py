"""Check the rows of a large CSV by proof: those without fault are found by their bytes, the others are read.

The proof knows the columns of the item and nothing of law. What turns on codes and on which facts are given is learnt:
of every new combination one row goes through the whole check, and what passed once passes wherever all else is proven.
Whatever is not proven is judged by `Validator`, which alone says what is wrong; so is every row of an item that has a
kind of check the proof does not know.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from threading import Lock
from typing import Final

import numpy as np
import polars as pl

from chengxin.files.contracts import Limits, RowsOfText
from chengxin.files.facade import filled, too_many_rows
from chengxin.intake.ahead import side_by_side
from chengxin.intake.cells import raw_name
from chengxin.intake.contracts import Checked
from chengxin.intake.csv_scan import NotPlain, scan
from chengxin.intake.proof import PROVEN_CODES, Proof, Prover
from chengxin.intake.validation import ISSUE_SCHEMA, Judged, Validator
from chengxin.kernel.compiled import Ints
from chengxin.kernel.refusal import Refused

_RESIDENT: Final = "resident_id"
# With more new combinations in a text than a thousand and one row in eight, nothing is gained by learning them.
_FEW, _SHARE = 1000, 8


def can_prove(validator: Validator) -> bool:
    """Tell whether every check of a sheet is one the proof knows, and no cell was changed beside the file."""
    orders = {order.code for order in validator.item.orders}
    known = {code for _, code, _ in validator.checks} <= PROVEN_CODES | orders
    return known and not validator.is_changed and not validator.item.gates


def check_texts(validator: Validator, texts: Iterator[RowsOfText], *, width: int, limits: Limits) -> Iterator[Checked]:
    """Check a whole file without keeping its good rows; two texts are looked at side by side."""
    reader = ProvingReader(validator, width=width)
    line = 2
    for text, judged in side_by_side(reader.judge, texts):
        # What cannot be read is read once more, to be refused with its line.
        found = _moved(judged, line) if judged is not None else reader.read(text, line=line)
        line += found.lines
        if line - 2 > limits.rows:
            raise too_many_rows(limits)
        yield validator.settle(found, keep=False)


class ProvingReader:
    """Judges texts of one sheet and remembers which combinations of facts passed."""

    def __init__(self, validator: Validator, *, width: int) -> None:
        """Begin with no combination known."""
        self._validator, self._width = validator, width
        # Nobody can write a file whose rows are taken for each other: the hashes are another's in every run.
        self.prover = Prover(validator, seed=secrets.randbits(64))
        raw = {field.name: raw_name(field) for field in validator.fields}
        self._keys = [raw[name] for name in self.prover.key_names]
        self._passed: dict[int, bool] = {}
        self._lock = Lock()

    def judge(self, text: RowsOfText) -> tuple[RowsOfText, Judged | None]:
        """Judge the rows of one text, counted from 0; None where the text cannot be read."""
        try:
            return text, self._prove(text) or self.read(text, line=0)
        except Refused:
            return text, None

    def read(self, text: RowsOfText, *, line: int) -> Judged:
        """Read and judge every row of one text."""
        block = text.frame(line=line)
        return self.judge_rows(filled(block), lines=block.height)

    def judge_rows(self, block: pl.DataFrame, *, lines: int) -> Judged:
        """Judge a block row by row, with keys as the proof makes them."""
        judged = self._validator.judge(block)
        texts = [judged.frame[name].fill_null("").to_list() for name in self._keys]
        keys = pl.Series("key", self.prover.hash_keys(texts), dtype=pl.UInt64)
        return Judged(
            frame=judged.frame,
            failed=judged.failed.with_columns(keys),
            issues=judged.issues,
            rows=judged.rows,
            lines=lines,
        )

    def _prove(self, text: RowsOfText) -> Judged | None:
        """Judge a text by proof; None where that is not possible."""
        raw = text.utf8(line=0)
        raw = raw if raw.endswith(b"\n") else raw + b"\n"
        try:
            proof = self.prover.prove(scan(raw, separator=text.separator, width=self._width))
        except NotPlain:
            return None
        if not self._learn(text, raw, proof):
            return None
        with self._lock:
            known = np.array([one for one, passed in self._passed.items() if passed], np.uint64)
        doubtful = np.flatnonzero(~(proof.proven & np.isin(proof.combinations, known)))
        keys, bad = proof.keys.copy(), np.zeros(len(proof.keys), np.bool_)
        frame, issues = pl.DataFrame(), pl.DataFrame(schema=ISSUE_SCHEMA)
        if len(doubtful):
            judged = self._judge_some(text, raw, proof.starts, doubtful)
            if judged is None:
                return None
            keys[doubtful], bad[doubtful] = judged.failed["key"].to_numpy(), judged.failed["bad"].to_numpy()
            frame, issues = judged.frame, judged.issues
        failed = pl.DataFrame({"row": np.arange(len(keys), dtype=np.uint32), "bad": bad, "key": keys})
        return Judged(frame=frame, failed=failed, issues=issues, rows=len(keys), lines=len(keys))

    def _learn(self, text: RowsOfText, raw: bytes, proof: Proof) -> bool:
        """Judge one row of every combination not met before; tell whether they are few enough to go on."""
        rows = np.flatnonzero(proof.proven)
        met, first = np.unique(proof.combinations[rows], return_index=True)
        new = [place for place, one in enumerate(met.tolist()) if one not in self._passed]
        if len(new) > _FEW + len(proof.keys) // _SHARE:
            return False
        if not new:
            return True
        chosen = np.sort(rows[first[new]])
        judged = self._judge_some(text, raw, proof.starts, chosen)
        if judged is None:
            return False
        # A number is proven as a resident's; with another document it is for the whole check.
        resident = judged.frame.select(pl.col("@id").is_null() | (pl.col("@id_type") == _RESIDENT)).to_series()
        passed = (~judged.failed["bad"] & resident).to_list()
        with self._lock:
            self._passed.update(zip(proof.combinations[chosen].tolist(), passed, strict=True))
        return True

    def _judge_some(self, text: RowsOfText, raw: bytes, starts: Ints, rows: Ints) -> Judged | None:
        """Cut rows out of a text and judge them; None where they read as another number of rows than they looked."""
        pieces = zip(starts[rows].tolist(), starts[rows + 1].tolist(), strict=True)
        block = text.frame_of(b"".join([raw[begin:end] for begin, end in pieces]))
        if block.height != len(rows):
            return None
        return self.judge_rows(block.insert_column(0, pl.Series("row", rows, dtype=pl.UInt32)), lines=0)


def _moved(judged: Judged, lines: int) -> Judged:
    """Count the rows of a judged text from its place in the file."""
    down = (pl.col("row") + lines).cast(pl.UInt32)
    return Judged(
        frame=pl.DataFrame(),
        failed=judged.failed.with_columns(down),
        issues=judged.issues.with_columns(down),
        rows=judged.rows,
        lines=judged.lines,
    )
