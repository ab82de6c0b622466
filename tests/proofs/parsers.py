"""What reads foreign input answers or refuses; it never falls over, hangs, or hands a formula on."""

from __future__ import annotations

import io
import random
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import polars as pl
from tests.proofs._world import NOW, hand_in

from chengxin.access import facade as access
from chengxin.catalogue import facade as catalogue
from chengxin.database.contracts import Channel
from chengxin.files.facade import open_sheet
from chengxin.intake import facade as intake
from chengxin.intake.doors import API
from chengxin.intake.tests.conftest import MARKET, open_office
from chengxin.intake.tests.test_bad_input import bomb
from chengxin.intake.tests.test_main_job import FIRM, HEAD, PERSON
from chengxin.kernel import identifiers, text
from chengxin.kernel.refusal import Refused
from chengxin.law import arithmetic
from chengxin.law.contracts import LawNotCovered, Unit

SUMMARY = (
    "Readers of files, identifiers, texts and periods hold against hostile input, and no formula leaves in a sheet."
)
Report = Callable[[str], None]
SLOWEST = 5.0
BOMB_SECONDS = 1.0
PLACE = 3  # The column of the document number, plain text of the filer's own.


def run(short: bool, report: Report) -> dict[str, int | float]:
    """Feed each reader, the same input for the same form."""
    chance = random.Random(20261125)
    counts: dict[str, int | float] = {}
    for fuzz, many in ((files, 15_000), (numbers, 400_000), (periods, 60_000)):
        counts |= fuzz(chance, many // 60 if short else many)
        report(f"{fuzz.__name__} held")
    counts |= bombs()
    report("bombs are refused")
    return counts | formulas(60 if short else 1)


def files(chance: random.Random, many: int) -> dict[str, int | float]:
    """Damage good files of every format, and read what is left."""
    good = list(_good_files())
    answers: Counter[str] = Counter()
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        for content in good:
            path.write_bytes(content)
            assert sum(block.height for block in open_sheet(path, limits=API).blocks) == 2
        for _ in range(many):
            path.write_bytes(_damaged(chance, chance.choice(good)))
            began = time.perf_counter()
            try:
                for block in open_sheet(path, limits=API).blocks:
                    block.height  # noqa: B018 - a lazy reader fails here
                answers["read"] += 1
            except Refused as refused:
                answers[refused.refusal.code[0]] += 1
            slowest = max(slowest, time.perf_counter() - began)
    assert slowest < SLOWEST, f"a file took {slowest:.1f} s"
    return {"files": many, "files_refused": many - answers["read"], "files_slowest_ms": round(slowest * 1000)}


def _good_files() -> Iterator[bytes]:
    plain = HEAD + FIRM + PERSON
    yield from (
        plain.encode(),
        plain.encode("gb18030"),
        ("\ufeff" + plain).encode(),
        b'{"a": "1", "b": 2}\n{"a": "3"}\n',
    )
    frame = pl.DataFrame({"a": ["1", "=2"], "b": [1, 2]})
    parquet = io.BytesIO()
    frame.write_parquet(parquet)
    yield parquet.getvalue()
    book = openpyxl.Workbook()
    for line in plain.splitlines():
        book.active.append(line.split(","))
    sheet = io.BytesIO()
    book.save(sheet)
    yield sheet.getvalue()


def _damaged(chance: random.Random, content: bytes) -> bytes:
    """Flip, cut, repeat or insert bytes; one in ten is noise."""
    if chance.random() < 0.1:
        return chance.randbytes(chance.randrange(300))
    data = bytearray(content)
    for _ in range(chance.randrange(1, 8)):
        at = chance.randrange(len(data) + 1)
        act = chance.randrange(4)
        if act == 0 and at < len(data):
            data[at] = chance.randrange(256)
        elif act == 1:
            del data[at : at + chance.randrange(60)]
        elif act == 2:
            data[at:at] = data[at : at + 40] * chance.randrange(1, 4)
        else:
            data[at:at] = chance.choice(
                [b"\0", b'"', b",", b"\r\n", b"\xff\xfe", b"{", b"<f>", "\u202e".encode(), b"\x81"]
            )
    return bytes(data)


LETTERS = "0123456789XxABCDEFGHJKLMNPQRTUWXY 一０９Ⅷ٣\u200b\u202e\ud7ff\U0001f600-—()（）\0\t"


def numbers(chance: random.Random, many: int) -> dict[str, int | float]:
    """Check numbers and fold texts nobody would write; the same twice is the same, and folding ends at once."""
    for _ in range(many):
        given = "".join(chance.choices(LETTERS, k=chance.randrange(24)))
        for check in (
            identifiers.check_id_no,
            identifiers.check_uscc,
            identifiers.check_org_code,
            identifiers.check_reg_no,
        ):
            assert check(given) == check(given)
        folded = text.fold(given)
        assert text.fold(folded) == folded, repr(given)
        cleaned = text.clean(given).text
        assert text.clean(cleaned).text == cleaned, repr(given)
        identifiers.upgrade_id_no(identifiers.compact(given))
    return {"texts": many}


def periods(chance: random.Random, many: int) -> dict[str, int | float]:
    """Count periods from any day: they end after they began, and longer ones never end earlier."""
    first = date(1990, 1, 1)
    for _ in range(many):
        start = first + timedelta(days=chance.randrange(30_000))
        unit = chance.choice([Unit.DAY, Unit.WORKDAY, Unit.MONTH, Unit.YEAR])
        amount = chance.randrange(1, 60)
        # Working days are counted only where the calendar is known.
        with suppress(LawNotCovered) if unit is Unit.WORKDAY else nullcontext():
            shorter = arithmetic.count_forward(start, amount=amount, unit=unit)
            longer = arithmetic.count_forward(start, amount=amount + 1, unit=unit)
            assert start < shorter.ends_on <= longer.ends_on, (start, amount, unit)
    return {"periods": many}


def bombs() -> dict[str, int | float]:
    """Refuse what is small and opens into much: at once, and without opening it."""
    deep = b'{"a":' * 100_000 + b"1" + b"}" * 100_000
    many_members = io.BytesIO()
    with zipfile.ZipFile(many_members, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b"0" * 20_000_000)
    given = [bomb(), many_members.getvalue(), deep]
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        for content in given:
            path.write_bytes(content)
            began = time.perf_counter()
            try:
                list(open_sheet(path, limits=API).blocks)
            except Refused:
                slowest = max(slowest, time.perf_counter() - began)
            else:
                raise AssertionError("a bomb was read")
    assert slowest < BOMB_SECONDS, f"a bomb took {slowest:.2f} s to refuse"
    return {"bombs": len(given), "bombs_slowest_ms": round(slowest * 1000)}


STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t=",
    "\r=",
    "\n=",
    " =",
    "＝",
    "＋",
    "－",
    "＠",
    '"=',
    "'=",
    "\u200b=",
    "\ufeff=",
    "\v=",
)
ENDS = (
    *("1+1", "cmd|'/c calc'!A0", 'HYPERLINK("http://x","y")', "SUM(1+1)*cmd|' /C calc'!A0", "DDE('cmd';'/C calc')"),
    *(
        "WEBSERVICE(A1)",
        'IMPORTXML("http://x","//a")',
        "IMAGE(A1)",
        "2+5+cmd|' /C notepad'!'A1'",
        "rundll32|'URL'!A",
    ),
    *("INDIRECT(A1)", "ENCODEURL(A1)", "SUM(A1:A9)", "EXEC(1)", "CALL(1)", "REGISTER.ID(1)", "FOPEN(1)", "A1", "0"),
    *(
        "'file:///etc/passwd'#$A.A1",
        "msexcel|'\\..\\..\\cmd.exe'!_xlbgnm.A1",
        "-1",
        "@SUM(1)",
        "=1",
        "T(1)",
        "NOW()",
    ),
    *("CELL(1)", "INFO(1)", "RTD(1)", "FILTERXML(1)", "QUERY(1)", "LET(a,1,a)"),
)


def corpus() -> list[str]:
    """Return strings a spreadsheet would run, each at the start of a cell."""
    return [start + end for start in STARTS for end in ENDS]


def formulas(step: int) -> dict[str, int | float]:
    """Hand the corpus in, take the questioned rows back as a sheet, and let nothing in it be a formula."""
    strings = corpus()[::step]
    assert step > 1 or len(strings) >= 500
    catalogue.load(now=NOW)
    office = open_office("YTSJ", "云汀市市场监督管理局", MARKET, "390100", ("penalty",))
    bad = FIRM.strip().split(",")
    bad[11] = "-1.0"  # A negative fine, so that each row comes back.
    rows = [",".join([*bad[:6], '"' + one.replace('"', '""') + '"', *bad[7:5], *bad[7:]]) for one in strings]
    batch = hand_in((HEAD + "\n".join(rows) + "\n").encode(), office)
    with access.acting_for(office.clerk, channel=Channel.INTAKE, purpose="filing"):
        sheet = intake.error_sheet(batch, actor=office.clerk, now=NOW)
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(sheet)).active.iter_rows() for cell in row]
    texts = [cell for cell in cells if isinstance(cell.value, str)]
    assert len({cell.row for cell in cells}) == len(strings) + 1, (batch.rows, batch.questioned)
    running = [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert running == [], f"{len(running)} cells would run, such as {running[0]}"
    with zipfile.ZipFile(io.BytesIO(sheet)) as archive:
        inside = b"".join(archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/"))
    assert b"<f" not in inside.replace(b"<font", b"")
    return {"formula_strings": len(strings), "formula_cells": len(texts), "formulas_left": len(running)}
