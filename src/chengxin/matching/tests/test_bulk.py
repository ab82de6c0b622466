"""A file is answered as its rows would be one by one, in whatever format, and no row of it is lost."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import orjson
import polars as pl
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from chengxin.access import facade as access
from chengxin.access.tests.test_tokens import Signed, basic
from chengxin.audit.models import Event
from chengxin.determinations.tests.conftest import SERVED
from chengxin.files.contracts import Limits
from chengxin.intake.tests.conftest import SETUP, Office
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import now, simulated
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.kernel.tests.numbers import id_no, uscc
from chengxin.lists.tests.conftest import FIRM
from chengxin.matching import actions, bulk, bulk_http
from chengxin.matching.tests.conftest import NAME, Asker
from chengxin.matching.tests.test_screening import looks_of
from chengxin.screening.contracts import COLUMNS

CSV, PARQUET, ARROW = bulk_http.TYPES
NAMES = (
    NAME,
    "云汀禾木商贸",
    "雲汀禾木商貿有限公司",
    "禾木商贸云汀分公司",
    "云汀松岚纺织有限公司",
    "𠮷田㛃",
    "",
    " ",
    "长" * 10_001,
    "甲",
)
CODES = ("", FIRM, FIRM.lower(), FIRM[:-1] + "N", uscc("91390100MA0000021"), "12", "9" * 201)
KINDS = ("enterprise", "enterprise", "Enterprise ", "person", "robot", "")
READ: dict[str, Callable[[Any], pl.DataFrame]] = {
    CSV: lambda data: pl.read_csv(data, infer_schema=False),
    PARQUET: pl.read_parquet,
    ARROW: pl.read_ipc_stream,
}


def drawn(count: int, *, seed: int = 4) -> list[dict[str, str]]:
    draw = random.Random(seed)
    rows = [{"id": str(place), "kind": draw.choice(KINDS), "name": draw.choice(NAMES)} for place in range(count)]
    return [
        {**row, "alias": draw.choice(("", "", NAME)), "uscc": draw.choice(CODES), "region": draw.choice(("", "390100"))}
        for row in rows
    ]


def file_of(rows: list[dict[str, str]], kind: str) -> bytes:
    frame, out = pl.DataFrame(rows), io.BytesIO()
    {CSV: frame.write_csv, PARQUET: frame.write_parquet, ARROW: frame.write_ipc_stream}[kind](out)  # type: ignore[operator]
    return out.getvalue()


def send(asker: Asker, content: bytes, kind: str, *, accept: str = "", purpose: str = "procurement") -> Any:
    headers = {"Authorization": asker.header} | ({"Accept": accept} if accept else {})
    with simulated(SERVED):
        answer = Client().post(f"/api/v1/screen/bulk?purpose={purpose}", content, content_type=kind, headers=headers)
        return answer, b"".join(answer) if answer.streaming else answer.content


def read(content: bytes, kind: str) -> list[dict[str, str]]:
    """Return the answers as texts; what a CSV cannot tell from nothing is nothing, and its batch is left out."""
    frame = READ[kind](io.BytesIO(content)).select(pl.exclude("screening", "as_of", "index", "rules").cast(pl.String))
    return frame.fill_null("").to_dicts()


def one_by_one(asker: Asker, rows: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    """Return what a single batch says of each row, laid out as a file's answer."""
    readable = [row for row in rows if len(row["uscc"]) <= 200]
    said = {row["id"]: row for row in asker.ask(*readable).json()["results"]}
    for line, row in enumerate(rows):
        one = said.get(row["id"]) or {
            "id": row["id"], "outcome": "unanswered", "code": bulk.CELL, "said": bulk.TOO_LONG, "hits": []
        }  # fmt: skip
        head = {"line": str(line), **{name: one[name] for name in ("id", "outcome", "code", "said")}}
        for hit in one["hits"] or [{}]:
            cells = {name: hit.get(name) for name in bulk_columns()}
            yield head | {name: "" if value is None else str(value) for name, value in cells.items()}


def bulk_columns() -> list[str]:
    from chengxin.matching.http import HitOut

    return list(HitOut.model_fields)


@pytest.mark.clause("P5.2d")
def test_a_file_is_answered_as_each_row_by_itself_over_every_format_in_and_out(
    standing: Actor, asker: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [*drawn(119), {"id": "e", "kind": "enterprise", "name": " ", "alias": "", "uscc": "", "region": ""}]
    expected = list(one_by_one(asker, rows))
    outcomes = {(row["outcome"], row["code"]) for row in expected}
    assert outcomes == {
        ("hits", ""), ("hits", "E-USCC-02"), ("none", ""), ("none", "E-USCC-02"), ("unanswered", "SCR-KIND"),
        ("unanswered", "SCR-EMPTY"), ("unanswered", "SCR-LONG"), ("unanswered", "MATCH-OBJECT"),
        ("unanswered", bulk.CELL),
    }  # fmt: skip
    monkeypatch.setattr(bulk, "MOST_ROWS", 50)
    before = looks_of(standing)
    for kind, wanted in ((CSV, PARQUET), (PARQUET, ARROW), (ARROW, CSV)):
        answer, content = send(asker, file_of(rows, kind), kind, accept=f"{wanted};q=1, */*")
        assert (answer.status_code, answer["Chengxin-Rows"]) == (200, "120"), content
        assert answer["Content-Type"].startswith(wanted)
        first = 2 if kind == CSV else 1
        shifted = [{**row, "line": str(int(row["line"]) + first)} for row in expected]
        assert read(content, wanted) == shifted, (kind, wanted)
    # Three batches a file, each with an event the firm sees.
    assert len(looks_of(standing)) - len(before) == 3 * 3


@pytest.mark.clause("P5.2d")
def test_every_bad_row_of_a_csv_is_answered_with_its_line_and_nothing_is_lost(standing: Actor, asker: Asker) -> None:
    good = f"{{}},enterprise,{NAME},{FIRM}"
    lines = ["id,kind,name,uscc", *(good.format(place) for place in range(2500))]
    lines[1200] = "x,enterprise,甲,乙,丙,丁"
    lines[1201] = f"y,enterprise,{'长' * 20_001}"
    lines[2400] = 'z,robot,"换\n行"'
    lines[2401] = ""
    answer, content = send(asker, "\n".join(lines).encode("gb18030"), CSV)
    assert answer["Chengxin-Rows"] == "2499"
    found = read(content, CSV)
    bad = [(row["line"], row["id"], row["outcome"], row["code"]) for row in found if row["outcome"] != "hits"]
    assert bad == [
        ("1201", "x", "unanswered", "MATCH-CELLS"),
        ("1202", "y", "unanswered", "MATCH-CELL"),
        ("2401", "z", "unanswered", "SCR-KIND"),
    ]
    assert all(row["said"] for row in found if row["code"])
    assert [row["line"] for row in found] == [str(line) for line in range(2, 2502) if line != 2402]
    # Three batches: the firm sees each, and how often it was meant in it.
    assert [count for _kind, _body, count, _basis in looks_of(standing)] == [1000, 998, 498]


REFUSED = (
    (b"\n", CSV, "H-NONE", 422),
    (b"id,kind,name\n", CSV, "MATCH-EMPTY", 422),
    (b"id,name\n1,x\n", CSV, "MATCH-COLUMNS", 422),
    (b"id,kind,name,phone\n1,enterprise,x,1\n", CSV, "MATCH-COLUMNS", 422),
    (b"id,kind,name,name\n1,enterprise,x,x\n", CSV, "MATCH-COLUMNS", 422),
    (b"id,kind,name\n1,enterprise,\x00\n", CSV, "F-NUL", 422),
    (b'{"id": "1"}\n', CSV, "MATCH-FORMAT", 415),
    (b"id,kind,name\n1,enterprise,x\n", PARQUET, "MATCH-FORMAT", 415),
    (b"id,kind,name\n1,enterprise,x\n", "application/json", "MATCH-FORMAT", 415),
    (b"PAR1broken", PARQUET, "F-PARQUET", 422),
    (b"\xff\xff\xff\xff\x10\x00\x00\x00", ARROW, "F-ARROW", 422),
)


@pytest.mark.clause("P5.2d")
def test_redline_06_a_file_that_may_not_be_asked_is_refused_before_the_first_answer(
    asker: Asker, kept: Callable[[datetime], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{"id": "1", "kind": "enterprise", "name": NAME}]
    for content, kind, code, status in REFUSED:
        answer, said = send(asker, content, kind)
        assert (orjson.loads(said)["code"], answer.status_code) == (code, status)
    for purpose, code in (
        ("", "MATCH-NO-PURPOSE"),
        ("food_licence", "MATCH-UNTIED"),
        ("deputies", "MEASURE-POLICY-ONLY"),
    ):
        assert orjson.loads(send(asker, file_of(rows, ARROW), ARROW, purpose=purpose)[1])["code"] == code
    cut = file_of(rows * 100, ARROW)[:-200]
    assert orjson.loads(send(asker, cut, ARROW)[1])["code"] == "F-ARROW"
    assert send(Asker(key="", header="Basic Zm9vOmJhcg=="), file_of(rows, CSV), CSV)[0].status_code == 401
    pl.DataFrame([{**rows[0], "name": "甲" * 5000}]).write_ipc_stream(packed := io.BytesIO(), compression="zstd")
    monkeypatch.setattr(bulk, "LIMITS", Limits(bytes=3000, rows=2, expanded=9000))
    monkeypatch.setattr(bulk_http, "LIMITS", bulk.LIMITS)
    for content, kind, code in (
        (file_of(rows * 3, CSV), CSV, "F-ROWS"),
        (packed.getvalue(), ARROW, "F-BOMB"),
        (file_of(rows * 200, CSV), CSV, "TOO_LARGE"),
    ):
        assert orjson.loads(send(asker, content, kind)[1])["code"] == code
    assert Event.objects.filter(purpose="list_matching").count() == 0


@pytest.mark.clause("P5.2d")
def test_redline_16_a_file_holds_no_more_persons_than_a_batch_however_they_are_spread_or_written(
    asker: Asker, kept: Callable[[datetime], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MOST_ROWS", 20)
    words = ("person", " Person", "\x1cPERSON\u3000")
    persons = [
        {"id": str(k), "kind": words[k % 3], "name": "", "id_no": id_no(f"39010119900101{k:03}")} for k in range(51)
    ]
    for kind in (CSV, ARROW):
        said = send(asker, file_of(persons, kind), kind)[1]
        assert orjson.loads(said)["code"] == "MATCH-MANY-PERSONS"


@pytest.mark.clause("P5.2d")
def test_a_right_that_ends_on_the_way_is_the_answer_to_every_row_that_is_left(
    asker: Asker, kept: Callable[[datetime], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "MOST_ROWS", 2)
    real, asked = actions.screen, []

    def ending(*given: Any, **more: Any) -> Any:
        asked.append(1)
        if len(asked) > 1:
            raise Refused(Refusal(code="A-NO-RIGHT", what="没有权限。"))
        return real(*given, **more)

    monkeypatch.setattr(bulk, "screen", ending)
    rows = [{"id": str(k), "kind": "enterprise", "name": NAME} for k in range(5)]
    found = read(send(asker, file_of(rows, CSV), CSV)[1], CSV)
    assert [(row["outcome"], row["code"]) for row in found] == [("none", "")] * 2 + [("unanswered", "A-NO-RIGHT")] * 3


@pytest.mark.clause("P5.2d")
def test_files_are_answered_one_at_a_time_and_the_place_is_free_again_however_one_ends(
    asker: Asker, kept: Callable[[datetime], None]
) -> None:
    content = file_of([{"id": "1", "kind": "enterprise", "name": NAME}], CSV)
    with simulated(SERVED):
        held = Client().post(
            "/api/v1/screen/bulk?purpose=procurement",
            content,
            content_type=CSV,
            headers={"Authorization": asker.header},
        )
        busy, said = send(asker, content, CSV)
        assert (busy.status_code, orjson.loads(said)["code"]) == (429, "MATCH-BUSY")
        for let_go in held._resource_closers:  # type: ignore[attr-defined]
            let_go()
    assert send(asker, b"\n", CSV)[0].status_code == 422
    assert send(asker, content, CSV)[0].status_code == 200
    assert set(COLUMNS) == set(bulk.LONGEST)


@pytest.mark.clause("P5.2d")
def test_a_signed_file_counts_only_as_it_was_signed(finance: Office, kept: Callable[[datetime], None]) -> None:
    kept(now())
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes_raw()
    new = access.register_client(
        "YTCZ-2", body="YTCZ", scopes=("list.match",), actor=SETUP, now=SERVED, public_key=public
    )
    signing = Signed(new, key, path="/api/v1/screen/bulk?purpose=procurement", kind=CSV)
    content = file_of([{"id": str(k), "kind": "enterprise", "name": NAME} for k in range(3)], CSV)
    assert len(read(b"".join(signing.send(content)), CSV)) == 3
    told = Event.objects.filter(purpose="list_matching").count()
    other = signing.send(content, sent=content.replace("云".encode(), "雨".encode()))
    unsigned = signing.post({"Authorization": basic(new)}, content)
    assert [(one.status_code, one.json()["code"]) for one in (other, unsigned)] == [(401, "A-SIGNATURE")] * 2
    assert Event.objects.filter(purpose="list_matching").count() == told
