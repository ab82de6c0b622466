"""A file that is sound at its beginning and damaged further in is refused in words, not with a fault."""

from __future__ import annotations

import io
from pathlib import Path

import polars as pl
import pytest

from chengxin.files.facade import open_sheet
from chengxin.intake.doors import API
from chengxin.intake.tests.test_bad_input import workbook
from chengxin.kernel.refusal import Refused


def code_of(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        list(open_sheet(path, limits=API).blocks)
    return refused.value.refusal.code


def test_a_workbook_whose_member_is_damaged_is_refused(tmp_path: Path) -> None:
    content = bytearray(workbook(["名称"], ["禾木"]))
    for at in (place for place in range(len(content)) if content[place : place + 4] == b"PK\x03\x04"):
        content[at + 3] = 9  # Every member's own header; the directory at the end stays as it was.
    content[:4] = b"PK\x03\x04"
    assert code_of(tmp_path / "file", bytes(content)) == "F-XLSX"


@pytest.mark.parametrize("content", ["名称,代\r码\n禾木,1\n", "名称,代码\n禾木,1\n禾\r木,1,2,3\n"])
def test_a_csv_with_a_stray_carriage_return_is_refused(tmp_path: Path, content: str) -> None:
    assert code_of(tmp_path / "file", content.encode()) == "F-CSV"


def test_a_parquet_whose_page_is_damaged_is_refused(tmp_path: Path) -> None:
    target = io.BytesIO()
    pl.DataFrame({"a": [str(number) for number in range(500)]}).write_parquet(target)
    content = bytearray(target.getvalue())
    content[30:90] = bytes(60)
    assert code_of(tmp_path / "file", bytes(content)) == "F-PARQUET"
