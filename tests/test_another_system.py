"""The export of another system goes in by every door: the good rows come out, the bad ones come back explained.

The export is GB18030 with the headings of an older edition and three bad rows in a hundred, each with its truth.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import openpyxl
import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.installation import own_installation

from chengxin.access import facade as access
from chengxin.archives.tests.conftest import citizen, sign_in
from chengxin.database.contracts import Channel
from chengxin.demo.export import Export, two_publicity_file
from chengxin.intake import facade as intake
from chengxin.intake.tests.conftest import NOW, SETUP, Office, ground, market
from chengxin.kernel.clock import legal_day, now

__all__ = ["ground", "market"]
ROWS = 600
Found = set[tuple[int, str]]


@pytest.fixture
def export(tmp_path: Path) -> Export:
    return two_publicity_file(tmp_path / "双公示导出.csv", rows=ROWS, today=legal_day(now()), seed=7)


def is_explained(export: Export, found: Found) -> bool:
    """Tell whether exactly the bad rows were found, each by its mistake; one mistake may break a second rule."""
    truth = set(export.truth.select("row", "code").iter_rows())
    return truth <= found and {row for row, _ in found} == {row for row, _ in truth}


def by_the_page(export: Export, _office: Office) -> str:
    file = SimpleUploadedFile(export.path.name, export.path.read_bytes())
    clerk = sign_in("ytsj-clerk")
    reply = clerk.post("/dept/upload", {"item": "penalty", "file": file})
    assert reply.status_code == 302
    batch = reply["Location"].rstrip("/").split("/")[-1]
    assert clerk.post(f"/dept/batches/{batch}/submit").status_code == 302
    return batch


def by_the_api(export: Export, office: Office) -> str:
    new = access.register_client("exporter", body=office.body, scopes=["batch.upload"], actor=SETUP, now=NOW)
    pair = base64.b64encode(f"{new.client.id}:{new.secret}".encode()).decode()
    file = SimpleUploadedFile(export.path.name, export.path.read_bytes())
    reply = Client().post(
        "/api/v1/batches", {"item": "penalty", "file": file}, headers={"Authorization": f"Basic {pair}"}
    )
    assert is_explained(export, {(issue["row"], issue["code"]) for issue in reply.json()["issues"]})
    return str(reply.json()["id"])


@pytest.mark.clause("P3.3a")
@pytest.mark.parametrize("door", [by_the_page, by_the_api])
def test_the_export_of_another_system_goes_in_and_every_row_is_accounted_for(
    market: Office, export: Export, door: Callable[[Export, Office], str]
) -> None:
    batch = door(export, market)
    assert sign_in("ytsj-approver").post(f"/dept/batches/{batch}/decide", {"verb": "approve"}).status_code == 302
    with access.acting_for(market.clerk, channel=Channel.INTAKE, purpose="filing"):
        (done,) = intake.list_batches(market.body)
        questioned = {(row, code) for row, _field, code in intake.list_questioned(done.id)}
    assert (done.rows, done.good, done.accepted, done.held) == (ROWS, ROWS - export.bad, ROWS - export.bad, 0)
    assert is_explained(export, questioned)
    firm, person = good_rows(export)
    assert is_found_by_the_public(firm)
    assert not is_found_by_the_public(person)
    citizen("its-subject", person["CF_XDR_SFZ"])
    assert person["CF_WSH"] in sign_in("its-subject").get("/me").content.decode()
    assert came_back_explained(export, batch)


def good_rows(export: Export) -> list[dict[str, str]]:
    """Return one good row of a firm that is public, and one of a person."""
    sheet = pl.read_csv(export.path.read_bytes().decode("gb18030").encode(), infer_schema=False).fill_null("")
    good = sheet.with_row_index("row", offset=2).filter(~pl.col("row").is_in(export.truth["row"].implode()))
    is_public = (pl.col("CF_XDR_SHXYM") != "") & (pl.col("失信严重程度") == "严重")
    return [good.filter(chosen).row(0, named=True) for chosen in (is_public, pl.col("CF_XDR_SFZ") != "")]


def is_found_by_the_public(row: dict[str, str]) -> bool:
    page = Client().get(f"/search?q={quote(row['CF_WSH'])}").content.decode()
    return bool(re.search(rf"<a[^>]*>[^<]*{row['CF_XDR_MC']}", page))


def came_back_explained(export: Export, batch: str) -> bool:
    """Tell whether the returned sheet holds each bad row with the reason in its last column."""
    content = sign_in("ytsj-clerk").get(f"/dept/batches/{batch}/questioned.xlsx").getvalue()
    (export.path.parent / "back.xlsx").write_bytes(content)
    rows = list(openpyxl.load_workbook(export.path.parent / "back.xlsx").active.values)
    explained = [row for row in rows[1:] if any("请" in str(cell) for cell in row if cell)]
    return len(explained) == export.bad


def test_the_same_export_goes_in_by_the_command(export: Export) -> None:
    with own_installation() as own:
        own.prepare()
        words = (
            "intake",
            "load",
            str(export.path),
            "--item",
            "penalty",
            "--body",
            "YTSJ",
            "--approver",
            "ytsj-approver",
        )
        done = json.loads(own.command(*words, "--json").splitlines()[-1])
        good = ROWS - export.bad
        assert (done["state"], done["rows"], done["good"], done["accepted"]) == ("accepted", ROWS, good, good)
        counts = dict(export.truth.group_by("code").len().iter_rows())
        assert done["questioned"] == export.bad
        assert {code for code, number in counts.items() if done["issues"].get(code, 0) < number} == set()
        firm, _person = good_rows(export)
        own.serve()
        assert firm["CF_XDR_MC"] in own.get(f"/search?q={quote(firm['CF_WSH'])}").text
