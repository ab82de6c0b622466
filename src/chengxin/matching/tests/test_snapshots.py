"""A signed list matched on plain files, by anybody: only as signed, of its day, whole, and of operators."""

from __future__ import annotations

import csv
import hashlib
from argparse import Namespace
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.test import Client

from chengxin.cli import screen
from chengxin.crypto import facade as crypto
from chengxin.determinations.tests.conftest import SERVED
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import simulated
from chengxin.kernel.refusal import Refused
from chengxin.lists.tests.conftest import entry_of


@pytest.fixture
def match(tmp_path: Path) -> Callable[..., list[dict[str, str]]]:
    def run(content: bytes, *, key: str | None = None, at: Any = SERVED) -> list[dict[str, str]]:
        lists, asked, out = (tmp_path / name for name in ("market.ndjson", "asked.csv", "hits.csv"))
        lists.write_bytes(content)
        asked.write_text("id,kind,name\n1,enterprise,云汀禾木商贸\n2,enterprise,云汀松岚纺织有限公司\n", "utf-8")
        known = crypto.statement_signer().public_key.hex() if key is None else key
        with simulated(at):
            screen.run(Namespace(entries=lists, queries=asked, out=out, json=True, key=known))
        with out.open(encoding="utf-8") as lines:
            return list(csv.DictReader(lines))

    return run


def signed(line: dict[str, Any], **changed: Any) -> bytes:
    rest = orjson.dumps(line) + b"\n"
    head = {"good_until": "2026-12-05T00:00:00+08:00", "since": 0, "lines": 1}
    head |= {"sha256": hashlib.sha256(rest).hexdigest(), **changed}
    return crypto.statement_signer().sign(orjson.dumps(head), kind="list+jws").encode() + b"\n" + rest


LINE = {"entry": "e", "name": "云汀禾木商贸有限公司", "uscc": ""}


@pytest.mark.clause("P5.2d")
def test_a_signed_list_is_matched_without_a_database_of_ones_own(
    standing: Actor, match: Callable[..., list[dict[str, str]]]
) -> None:
    with simulated(SERVED):
        content = Client().get("/api/v1/lists/market/snapshot").content
    (hit,) = match(content)
    assert (hit["query_id"], hit["entry_id"], hit["action"]) == ("1", str(entry_of(standing).id), "review")


@pytest.mark.clause("P5.2d")
@pytest.mark.parametrize(
    ("content", "more", "code"),
    [
        (signed(LINE), {"key": ""}, "SCR-SNAPSHOT-KEY"),
        (signed(LINE), {"key": "00" * 32}, "SCR-SNAPSHOT-SIGNATURE"),
        (signed(LINE).replace("禾".encode(), "木".encode()), {}, "SCR-SNAPSHOT-SIGNATURE"),
        (b"id,kind,name\n", {}, "SCR-SNAPSHOT-SIGNATURE"),
        (signed(LINE), {"at": SERVED + timedelta(hours=14)}, "SCR-SNAPSHOT-OLD"),
        (signed(LINE, since=3), {}, "SCR-SNAPSHOT-PART"),
        (signed({**LINE, "id_no": "x"}), {}, "SCR-SNAPSHOT-PERSONS"),
        (signed({**LINE, "subject_kind": "natural_person"}), {}, "SCR-SNAPSHOT-PERSONS"),
    ],
)
def test_redline_13_a_list_that_is_unsigned_of_another_day_a_part_or_of_persons_is_refused(
    match: Callable[..., list[dict[str, str]]], content: bytes, more: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused, match=code):
        match(content, **more)
