"""The log over HTTP: public checkpoints and tiles, a proof for those it concerns alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client

from chengxin.audit import facade as audit
from chengxin.audit import http
from chengxin.audit.contracts import Tree
from chengxin.audit.middleware import ReceiptMiddleware
from chengxin.audit.tests.conftest import CLERK, event, record
from chengxin.kernel.actor import ANYONE, Actor, Role
from chengxin.kernel.refusal import Refused
from chengxin_verify import hashes, merkle
from chengxin_verify import main as verifier


def test_anybody_reads_checkpoints_and_tiles_and_roots_the_tree_from_them(
    sequence: Callable[[], int], client: Client
) -> None:
    record(*(event() for _ in range(300)))
    sequence()
    note = client.get("/api/v1/log/rights/checkpoint")
    assert note.content.decode() == audit.newest_checkpoint(Tree.RIGHTS).note
    full = client.get("/api/v1/log/rights/tile/0/000").content
    rest = client.get("/api/v1/log/rights/tile/0/001.p/44").content
    leaves = [(full + rest)[at : at + 32] for at in range(0, 300 * 32, 32)]
    assert merkle.root_of(leaves, hashes.sha256) == audit.newest_checkpoint(Tree.RIGHTS).root
    for absent in ("0/001", "0/001.p/45", "0/x001/000", "1/001", "0/1", "9/000", "../x", "0/000.p/257"):
        assert client.get(f"/api/v1/log/rights/tile/{absent}").status_code == 404
    assert client.get("/api/v1/log/other/checkpoint").status_code == 422
    assert client.get("/api/v1/log/rights/growth?since=301").status_code == 404


def test_a_stranger_is_told_of_no_event(sequence: Callable[[], int], client: Client) -> None:
    (receipt,) = record(event())
    sequence()
    there, not_there = (client.get(f"/api/v1/log/proof/{one}") for one in (receipt.event_id, uuid4()))
    assert (there.status_code, there.content) == (404, not_there.content)


@pytest.mark.parametrize("who", ["self", "audit", "clerk", "other", "anyone"])
def test_the_proof_is_for_the_person_and_for_the_audit(sequence: Callable[[], int], who: str) -> None:
    own = uuid4()
    (receipt,) = record(event(own))
    sequence()
    citizen = frozenset({Role.CITIZEN})
    request = HttpRequest()
    request.actor = {
        "self": Actor(key="account:1", roles=citizen, subject_id=own),
        "other": Actor(key="account:2", roles=citizen, subject_id=uuid4()),
        "audit": Actor(key="account:9", roles=frozenset({Role.AUDIT_ADMIN})),
        "clerk": CLERK,
        "anyone": ANYONE,
    }[who]
    if who in {"self", "audit"}:
        assert http.proof(request, receipt.event_id)["event"] == str(receipt.event_id)
    else:
        with pytest.raises(Refused, match="ABSENT"):
            http.proof(request, receipt.event_id)
    assert sequence() == (1 if who == "audit" else 0)


def test_a_program_is_handed_the_receipts_of_what_it_caused(
    sequence: Callable[[], int], keys: Path, tmp_path: Path
) -> None:
    def respond(request: HttpRequest) -> HttpResponse:
        record(*(event() for _ in range(2)))
        with transaction.atomic():
            record(event())
            transaction.set_rollback(True)
        return HttpResponse()

    api, page = HttpRequest(), HttpRequest()
    api.path, page.path = "/api/v1/x", "/x"
    handed = ReceiptMiddleware(respond)(api)["Chengxin-Receipt"].split(", ")
    assert len(handed) == 2
    for line in handed:
        paper = dict(part.split("=") for part in line.split("; "))
        (tmp_path / "receipt.json").write_text(json.dumps(paper))
        assert verifier.main(["--keys", str(keys), "receipt", str(tmp_path / "receipt.json")]) == 0
    assert "Chengxin-Receipt" not in ReceiptMiddleware(respond)(page)
