"""Bad input gets a clear answer and loses nothing: each case names the code that answers it."""

from __future__ import annotations

import io
import resource
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import polars as pl
import pytest
import xlsxwriter
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.files.contracts import Limits
from chengxin.files.facade import open_sheet
from chengxin.intake import facade as intake
from chengxin.intake.contracts import Batch, BatchState
from chengxin.intake.doors import BY_CHANNEL
from chengxin.intake.tests.conftest import NOW, Office, open_office
from chengxin.intake.tests.test_main_job import FIRM, HEAD, PERSON
from chengxin.intake.tests.test_pages import sign_in
from chengxin.kernel.refusal import Refused

HandIn = Callable[..., Batch]
BODY = "云汀市市场监督管理局,91390100MA0000015M"


def refusal_of(hand_in: HandIn, office: Office, content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        hand_in(content, office)
    assert refused.value.refusal.what
    assert refused.value.refusal.next_step
    return refused.value.refusal.code


def codes(batch: Batch, office: Office) -> set[str]:
    with access.acting_for(office.clerk, channel=Channel.INTAKE, purpose="filing"):
        return {code for _row, _field, code in intake.list_questioned(batch.id)}


def workbook(*rows: list[object], merge: str = "") -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 80_000_000)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "F-EMPTY"),
        (b"\x00\x01\x02" * 100, "F-BINARY"),
        ("名称,行政相对人名称\n".encode(), "H-UNKNOWN"),
        ((HEAD.replace("CF_WSH,", "") + FIRM).encode(), "H-MISSING"),
        ((HEAD.strip() + ",行政相对人名称\n" + FIRM).encode(), "H-TWICE"),
        ((HEAD.replace("CF_CFJG,", ",") + FIRM).encode(), "H-BLANK"),
        ((HEAD.strip() + ",宗教信仰\n" + FIRM).encode(), "H-UNKNOWN"),
        ((HEAD + FIRM).encode() + FIRM.replace("1号", "2号").encode("gb18030"), "F-ENCODING"),
        ((HEAD + FIRM.replace("虚假宣传", "虚假\x00宣传")).encode(), "F-NUL"),
        (b"PK\x03\x04broken", "F-XLSX"),
        (b"PAR1broken", "F-PARQUET"),
        (b'{"a": 1}\n[1, 2]\n', "F-JSON"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_read_is_refused_whole(
    market: Office, hand_in: HandIn, content: bytes, expected: str
) -> None:
    assert refusal_of(hand_in, market, content) == expected


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (b"", "F-EMPTY", "文件是空的。"),
        (b"\x00\x01\x02" * 100, "F-BINARY", "请另存为 CSV"),
        ((HEAD.strip() + ",宗教信仰\n" + FIRM).encode(), "H-UNKNOWN", "目录之外的信息不得归集。"),
        ((HEAD.replace("CF_WSH,", "") + FIRM).encode(), "H-MISSING", "缺少必填的列"),
        ((HEAD + FIRM).encode() + FIRM.replace("1号", "2号").encode("gb18030"), "F-ENCODING", "第 3 行附近"),
        ((HEAD + FIRM.replace("虚假宣传", "虚假\x00宣传")).encode(), "F-NUL", "第 2 行含有空字符"),
        ("bomb", "F-BOMB", "展开后过大"),
        ("merged", "H-MERGED", "请取消合并"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_page_answers_a_bad_file_in_words_keeps_the_choice_and_takes_nothing(
    market: Office, content: bytes | str, code: str, says: str
) -> None:
    made = {"bomb": bomb, "merged": lambda: workbook(HEAD.strip().split(","), FIRM.split(","), merge="A1:B1")}
    sent = made[content]() if isinstance(content, str) else content
    clerk = sign_in("ytsj-clerk")
    reply = clerk.post("/dept/upload", {"item": "penalty", "file": SimpleUploadedFile("双公示.csv", sent)})
    page = reply.content.decode()
    if code == "F-EMPTY":
        # The form itself sees that there is nothing in the file.
        assert (reply.status_code, "空" in page) == (422, True)
    else:
        assert (reply.status_code, f"（{code}）" in page, says in page) == (422, True, True)
    assert '<option value="penalty" selected>' in page
    with access.acting_for(market.clerk, channel=Channel.INTAKE, purpose="filing"):
        assert intake.count_batches(market.body) == 0
    assert not [file for file in Path(settings.FILES_ROOT).rglob("*") if file.is_file()]


def test_the_page_says_when_a_file_is_too_large_and_when_the_disk_is_full(
    market: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = sign_in("ytsj-clerk")
    content = (HEAD + "".join(FIRM.replace("1号", f"{number}号") for number in range(2000))).encode()

    def post() -> str:
        file = SimpleUploadedFile("双公示.csv", content)
        return clerk.post("/dept/upload", {"item": "penalty", "file": file}).content.decode()

    monkeypatch.setitem(BY_CHANNEL, "page", Limits(bytes=1_000, rows=100, expanded=10_000))
    assert "（F-SIZE）" in post()
    monkeypatch.undo()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(content) + 10, hard))
        assert "（F-DISK）" in post()
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(content) - 10, hard))
        assert "（F-DISK）" in post()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    with access.acting_for(market.clerk, channel=Channel.INTAKE, purpose="filing"):
        assert intake.count_batches(market.body) == 0


def test_a_body_files_only_its_own_items_and_decisions(market: Office, hand_in: HandIn) -> None:
    other = open_office("YTHB", "云汀市生态环境局", "92390101MA00000151", "390100", ("licence",))
    assert refusal_of(hand_in, other, (HEAD + FIRM).encode()) == "ABSENT"
    page = sign_in("ythb-clerk").get("/dept/upload").content.decode()
    assert ('value="penalty"' in page, 'value="licence"' in page) == (False, True)
    theirs = FIRM.replace("局,91390100MA0000015M", "局,92390101MA00000151")
    batch = hand_in((HEAD + theirs + FIRM.replace("1号", "2号")).encode(), market)
    assert (batch.good, codes(batch, market)) == (1, {"U-BODY"})


def test_a_value_that_a_spreadsheet_would_run_comes_back_as_text(market: Office, hand_in: HandIn) -> None:
    batch = hand_in((HEAD + FIRM.replace("虚假宣传", "=cmd|' /C calc'!A0")).encode(), market)
    sheet = sign_in("ytsj-clerk").get(f"/dept/batches/{batch.id}/questioned.xlsx").content
    book = openpyxl.load_workbook(io.BytesIO(sheet))
    cells = [cell for row in book.active.iter_rows() for cell in row if "cmd" in str(cell.value)]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}


def test_a_merged_heading_and_a_zip_bomb_are_refused(market: Office, hand_in: HandIn) -> None:
    heads: list[object] = HEAD.strip().split(",")
    assert refusal_of(hand_in, market, workbook(heads, list(FIRM.split(",")), merge="A1:B1")) == "H-MERGED"
    assert refusal_of(hand_in, market, bomb()) == "F-BOMB"


def test_a_file_over_the_limit_is_refused_by_bytes_and_by_rows(tmp_path: Path) -> None:
    file = tmp_path / "many.csv"
    file.write_text("甲\n" + "1\n" * 20)
    for limits, expected in (
        (Limits(bytes=10, rows=100, expanded=100), "F-SIZE"),
        (Limits(bytes=1000, rows=5, expanded=100), "F-ROWS"),
    ):
        with pytest.raises(Refused) as refused:
            for _block in open_sheet(file, limits=limits).blocks:
                pass
        assert refused.value.refusal.code == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("虚假宣传", "=cmd|' /C calc'!A0"), "U-FORMULA"),
        (("虚假宣传", "虚假\u202e宣传"), "U-UNSEEN"),
        (
            ("2026/10/1,云汀市市场监督管理局,91390100MA0000015M,2026-10-08", "2027/10/1,云汀市市场监督管理局,,"),
            "U-DATE-FUTURE",
        ),
        (("2026/10/1", "2026-02-30"), "U-DATE-FORMAT"),
        (("2026-10-08", "2026-09-08"), "U-DATE-NOTICE"),
        (("1.0", "一万"), "U-AMOUNT"),
        (("法人及非法人组织", "外星人"), "U-CODE"),
        ((",罚款,", ",罚钱,"), "U-CODE"),
        (("91390100MA0000015M,,", "91390100MA0000015X,,"), "E-USCC-02"),
        (("91390100MA0000015M,,", ",,"), "U-USCC-REQUIRED"),
        (("局,91390100MA0000015M", "局,92390101MA00000151"), "U-BODY"),
        (("广告法第五十五条", ""), "U-REQUIRED"),
        ((",2026-10-08", ",2026-10-08,多一格"), "U-CELLS"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_bad_cell_questions_its_row_and_only_its_row(
    market: Office, hand_in: HandIn, change: tuple[str, str], expected: str
) -> None:
    assert change[0] in FIRM
    good = FIRM.replace("1号", "8号")
    batch = hand_in((HEAD + FIRM.replace(*change) + good).encode(), market)
    assert (batch.rows, batch.good, batch.questioned) == (2, 1, 1)
    assert codes(batch, market) == {expected}


@pytest.mark.clause("P1")
@pytest.mark.parametrize(
    ("number", "expected"),
    [("390101200811230017", "E-ID-05"), ("390101199001010018", "E-ID-02"), ("11010519491231002X", "E-ID-04")],
)
def test_a_minor_a_wrong_digit_and_a_real_area_are_questioned(
    market: Office, hand_in: HandIn, number: str, expected: str
) -> None:
    batch = hand_in((HEAD + PERSON.replace("390101199001010017", number)).encode(), market)
    assert codes(batch, market) == {expected}


def test_a_row_twice_in_a_file_is_questioned_and_against_earlier_batches_is_a_repeat(
    market: Office, hand_in: HandIn, accept: Callable[..., Batch]
) -> None:
    batch = hand_in((HEAD + FIRM + FIRM).encode(), market)
    assert codes(batch, market) == {"U-TWICE"}
    assert accept(batch.id, market).accepted == 1
    again = accept(hand_in((HEAD + FIRM + "\n\n").encode(), market).id, market)
    assert (again.accepted, again.repeated) == (0, 1)
    changed = accept(hand_in((HEAD + FIRM.replace("罚款一万元", "罚款两万元")).encode(), market).id, market)
    assert (changed.accepted, changed.corrected) == (0, 1)


@pytest.mark.parametrize("media", ["xlsx", "parquet", "jsonl"])
def test_every_format_brings_the_same_rows(market: Office, hand_in: HandIn, tmp_path: Path, media: str) -> None:
    heads = HEAD.strip().split(",")
    rows = [FIRM.strip().split(","), PERSON.strip().split(",")]
    frame = pl.DataFrame(rows, schema=heads, orient="row")
    file = tmp_path / f"x.{media}"
    if media == "xlsx":
        file.write_bytes(workbook(heads, *rows))
    elif media == "parquet":
        frame.write_parquet(file)
    else:
        frame.write_ndjson(file)
    batch = hand_in(file.read_bytes(), market)
    assert (batch.media, batch.rows, batch.good) == (media, 2, 2)


def test_a_full_disk_takes_nothing_and_says_so(market: Office, hand_in: HandIn) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    content = (HEAD + "".join(FIRM.replace("1号", f"{number}号") for number in range(2000))).encode()
    try:
        # The upload itself is within the limit; the sealed copy is not.
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(content) + 10, hard))
        assert refusal_of(hand_in, market, content) == "F-DISK"
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not [file for file in Path(settings.FILES_ROOT).rglob("*") if file.is_file()]
    with access.acting_for(market.clerk, channel=Channel.INTAKE, purpose="filing"):
        assert intake.count_batches(market.body) == 0


def test_a_batch_that_fails_midway_is_not_half_accepted(
    market: Office, hand_in: HandIn, accept: Callable[..., Batch], monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = hand_in((HEAD + FIRM + PERSON).encode(), market)
    monkeypatch.setattr("chengxin.records.bulk.INSERT", "insert into records_version (subject_id) values (null)")
    with pytest.raises(Exception, match=r"null value|violates"):
        accept(batch.id, market)
    monkeypatch.undo()
    with access.acting_for(market.clerk, channel=Channel.INTAKE, purpose="filing"), connection.cursor() as cursor:
        cursor.execute("select count(*) from records_version")
        assert cursor.fetchone() == (0,)
        assert intake.get_batch(batch.id).state is BatchState.SUBMITTED
    assert batch.uploaded_at == NOW


def test_a_formula_in_a_workbook_counts_by_its_stored_value_and_the_batch_says_where(
    market: Office, hand_in: HandIn
) -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD.strip().split(","))
        sheet.write_row(1, 0, FIRM.strip().split(","))
        sheet.write_formula("L2", "=0.5+0.5", None, "1.0")
    batch = hand_in(target.getvalue(), market)
    assert (batch.good, batch.formula_cells, codes(batch, market)) == (1, "L2", set())
    page = sign_in("ytsj-clerk").get(f"/dept/batches/{batch.id}").content.decode()
    assert "表里有公式（L2 等），读取的是保存时的结果" in page
