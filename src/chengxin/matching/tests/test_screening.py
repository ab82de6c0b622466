"""What the lists answer: evidence and a proposal, read again at that moment, written before it is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from chengxin.access import facade as access
from chengxin.archives.tests.programs import ledger, told
from chengxin.audit.models import Event
from chengxin.database.contracts import Channel
from chengxin.determinations.tests.conftest import SERVED
from chengxin.intake.tests.conftest import Office
from chengxin.kernel.actor import Actor
from chengxin.kernel.refusal import Refused
from chengxin.kernel.tests.numbers import uscc
from chengxin.lists.tests.conftest import FIRM, LISTING, entry_of, listed, record_of, settle
from chengxin.matching import facade
from chengxin.matching.index import Keeper
from chengxin.matching.tests.conftest import NAME, Asker, ask, enterprise
from chengxin.measures.models import Applied
from chengxin.records import facade as records
from chengxin.records.contracts import MarkKind
from chengxin.subjects.operators import rename_operator

LATER = SERVED + timedelta(minutes=5)


def mark(market: Office, firm: Actor, kind: MarkKind, *, now: datetime = LATER) -> None:
    subject_id, record_id = record_of(entry_of(firm))
    with access.acting_for(market.approver, channel=Channel.BODY, purpose="correction"):
        records.mark(
            subject_id=subject_id,
            record_id=record_id,
            kind=kind,
            reason="试验",
            reference="T-1",
            actor=market.approver,
            now=now,
        )


def looks_of(firm: Actor) -> list[tuple[str, str, int, list[str]]]:
    with access.acting_for(firm, channel=Channel.SELF, purpose="own_archive"):
        rows = Event.objects.filter(subject_id=firm.subject_id, purpose="list_matching").order_by("id")
        return list(rows.values_list("kind", "body", "count", "basis"))


@pytest.mark.clause("P5.2d")
def test_a_thousand_firms_of_the_same_name_are_never_blocked(standing: Actor, finance: Office) -> None:
    others = [enterprise(NAME, uscc=uscc(f"91390100MA{place:07}")) for place in range(1000, 2000)]
    answers = [(row.outcome, len(row.hits)) for row in ask(finance.clerk, *others).rows]
    assert answers == [("none", 0)] * 1000
    nameless = ask(finance.clerk, *[enterprise(NAME)] * 1000).rows
    assert [[hit.action for hit in row.hits] for row in nameless] == [["review"]] * 1000
    assert Applied.objects.count() == 0


@pytest.mark.clause("P5.2d")
def test_a_listed_firm_is_proposed_with_its_evidence_and_the_firm_sees_that_it_was(
    standing: Actor, asker: Asker
) -> None:
    answer = asker.ask({"kind": "enterprise", "name": "云汀禾木贸易", "uscc": f" {FIRM.lower()} "})
    assert answer.status_code == 200
    said = answer.json()
    assert (said["state"], said["code"], said["purpose"], said["basis"]) == ("complete", "", "procurement", ["GPL/22"])
    assert said["places"] == {"market": 1, "tax": 0, "wages": 0, "safety": 0, "drugs": 0}
    assert (len(said["index"]), said["rules"]) == (16, "2026-12.1")
    (row,) = said["results"]
    assert (row["id"], row["outcome"], row["code"]) == ("0", "hits", "")
    (hit,) = row["hits"]
    assert hit.pop("explanation").startswith("统一社会信用代码相同：“")
    assert hit.pop("entry") == str(entry_of(standing).id)
    assert (hit.pop("record"), hit.pop("version")) == (str(entry_of(standing).record_id), 1)
    assert hit == {
        "list": "market",
        "score": 1.0,
        "tier": "identifier",
        "action": "block_proposed",
        "rule": "identifier_uscc",
        "query_value": "云汀禾木贸易",
        "entry_value": NAME,
        "alignment": "",
        "would_change": "若号码经核对属于他人，则不再命中",
        "document": "云市监列〔2026〕1号",
        "reason": LISTING["entry_reason"],
        "legal_basis": LISTING["legal_basis"],
        "source": "YTSJ",
        "valid_from": "2026-12-03",
        "valid_until": "2029-12-04",
        "mark": "",
        "cleared_until": None,
    }
    assert looks_of(standing) == [("search", "YTCZ", 1, ["GPL/22"])]
    assert ledger() == [(asker.key, 1, "public.lists")]
    assert Applied.objects.count() == 0


@pytest.mark.clause("P5.2d")
def test_a_name_is_a_review_another_firm_and_another_code_are_nothing(standing: Actor, finance: Office) -> None:
    (named,) = ask(finance.clerk, enterprise("云汀禾木商贸")).rows
    assert [(hit.tier, hit.action, hit.rule) for hit in named.hits] == [("strong", "review", "short_name")]
    other = enterprise(NAME, uscc=uscc("91390100MA0000021"))
    answer = ask(finance.clerk, other, enterprise("云汀松岚纺织有限公司"))
    assert [(row.outcome, list(row.hits)) for row in answer.rows] == [("none", []), ("none", [])]


@pytest.mark.clause("P5.2d")
def test_what_was_repaired_frozen_or_withdrawn_is_no_hit_before_any_list_is_kept(
    standing: Actor, market: Office, finance: Office
) -> None:
    for kind in (MarkKind.REPAIRED, MarkKind.FROZEN, MarkKind.WITHDRAWN):
        assert ask(finance.clerk, enterprise(uscc=FIRM), at=LATER).rows[0].outcome == "hits"
        place = transaction.savepoint()
        mark(market, standing, kind)
        assert ask(finance.clerk, enterprise(uscc=FIRM), at=LATER).rows[0].outcome == "none", kind
        transaction.savepoint_rollback(place)


@pytest.mark.clause("P5.2d")
def test_an_entry_that_has_run_out_is_no_hit_at_midnight(
    standing: Actor, finance: Office, kept: Callable[[datetime], None], settings: Any
) -> None:
    settings.LAW_PACK = "national"  # The other pack ends before.
    last = datetime(2029, 12, 3, 15, 59, tzinfo=UTC)
    for moment, outcome in ((last, "hits"), (last + timedelta(minutes=1), "none")):
        kept(moment)
        assert ask(finance.clerk, enterprise(uscc=FIRM), at=moment).rows[0].outcome == outcome


@pytest.mark.clause("P5.2d")
def test_what_is_disputed_only_informs(standing: Actor, market: Office, finance: Office) -> None:
    mark(market, standing, MarkKind.OBJECTION)
    (hit,) = ask(finance.clerk, enterprise(uscc=FIRM), at=LATER).rows[0].hits
    assert (hit.action, hit.has_objection) == ("information", True)


@pytest.mark.clause("P5.2d")
def test_a_change_of_a_list_is_in_the_next_answer_of_every_process(
    market: Office, firm: Actor, slip: Path, finance: Office, kept: Callable[[datetime], None]
) -> None:
    one, other = facade.KEEPER, Keeper()
    before = [keeper.current(at=SERVED) for keeper in (one, other)]
    assert ask(finance.clerk, enterprise(NAME)).rows[0].outcome == "none"
    listed(market, slip)
    row = ask(finance.clerk, enterprise(NAME)).rows[0]
    assert [hit.entry_id for hit in row.hits] == [entry_of(firm).id]
    # The large segment of each process stands; what came lies in a small one beside it, alike in both.
    assert [keeper.current(at=SERVED).base for keeper in (one, other)] == [index.base for index in before]
    assert one.current(at=SERVED).version == other.current(at=SERVED).version != before[0].version
    mark(market, firm, MarkKind.REPAIRED)
    settle(LATER)
    assert [sorted(keeper.current(at=LATER).gone) for keeper in (one, other)] == [[str(entry_of(firm).id)]] * 2
    assert ask(finance.clerk, enterprise(NAME), at=LATER).rows[0].outcome == "none"


@pytest.mark.clause("P5.2d")
def test_a_firm_is_found_by_its_new_name_in_the_next_answer_of_every_process_and_once(
    firm: Actor, standing: Actor, finance: Office
) -> None:
    one, other, new = facade.KEEPER, Keeper(), "云汀岚舟乐器有限公司"
    before = [keeper.current(at=SERVED) for keeper in (one, other)]
    assert ask(finance.clerk, enterprise(new)).rows[0].outcome == "none"
    assert firm.subject_id is not None
    rename_operator(firm.subject_id, new, on=LATER.date(), now=LATER)
    rows = ask(finance.clerk, enterprise(new), enterprise(NAME), enterprise(new, uscc=FIRM), at=LATER).rows
    assert [[hit.rule for hit in row.hits] for row in rows] == [["name_exact"]] * 2 + [["identifier_uscc"]]
    assert {hit.entry_id for row in rows for hit in row.hits} == {entry_of(firm).id}
    after = [keeper.current(at=LATER) for keeper in (one, other)]
    assert [index.base for index in after] == [index.base for index in before]
    assert after[0].version == after[1].version != before[0].version
    # A renaming that was known is not looked at twice, and one that came late, by its date, is not missed.
    assert one.current(at=LATER) is after[0]
    rename_operator(firm.subject_id, NAME, on=LATER.date(), now=SERVED - timedelta(minutes=9))
    assert one.current(at=LATER).renamed > after[0].renamed


@pytest.mark.clause("P5.2d")
def test_an_index_of_a_later_database_than_the_one_restored_is_built_anew(standing: Actor, finance: Office) -> None:
    keeper = Keeper()
    index = keeper.current(at=SERVED)
    keeper._kept = replace(index, places={"market": 9}, kinds={})
    assert keeper.current(at=SERVED).places == {"market": 1}
    assert list(keeper.current(at=SERVED).kinds) == list(index.kinds)


@pytest.mark.clause("P5.2d")
def test_lists_that_were_not_kept_of_late_never_answer_no_hit(
    standing: Actor, asker: Asker, kept: Callable[[datetime], None]
) -> None:
    rows = ({"kind": "enterprise", "name": NAME}, {"kind": "enterprise", "name": "云汀松岚纺织有限公司"})
    kept(SERVED - timedelta(minutes=11))
    said = asker.ask(*rows).json()
    assert (said["state"], said["code"]) == ("degraded", "MATCH-STALE")
    assert [row["outcome"] for row in said["results"]] == ["hits", "degraded"]
    kept(SERVED - timedelta(minutes=10))
    assert [row["outcome"] for row in asker.ask(*rows).json()["results"]] == ["hits", "none"]


REFUSED = (
    ({"purpose": ""}, "MATCH-NO-PURPOSE"),
    ({"purpose": "curiosity"}, "MATCH-NO-PURPOSE"),
    ({"purpose": "food_licence"}, "MATCH-UNTIED"),
    ({"purpose": "debtor_office"}, "MEASURE-BODY"),
    ({"purpose": "deputies"}, "MEASURE-POLICY-ONLY"),
    ({"lists": ["neighbours"]}, "MATCH-NO-LIST"),
    ({"lists": ["honour"]}, "MATCH-UNTIED"),
)


@pytest.mark.clause("P5.2d")
def test_redline_06_a_batch_without_a_lawful_matter_is_refused_and_nothing_is_told(
    standing: Actor, asker: Asker
) -> None:
    for asked, code in REFUSED:
        answer = asker.ask({"kind": "enterprise", "name": NAME}, **asked)  # type: ignore[arg-type]
        assert (answer.status_code, answer.json()["code"]) == (422, code)
        assert NAME not in answer.content.decode()
    assert (looks_of(standing), ledger()) == ([], [])


@pytest.mark.clause("P5.2d")
def test_too_many_rows_are_refused_and_bad_ones_answered_each_with_its_reason(
    standing: Actor, asker: Asker, finance: Office
) -> None:
    assert asker.ask(*[{"kind": "enterprise", "name": NAME}] * 1001).json()["code"] == "MATCH-TOO-MANY"
    assert asker.ask().json()["code"] == "MATCH-EMPTY"
    rows = asker.ask(
        {"kind": "robot", "name": NAME},
        {"kind": "enterprise", "name": " "},
        {"kind": "enterprise", "name": "长" * 10_001},
        {"kind": "enterprise", "name": NAME, "uscc": FIRM[:-1] + "N"},
        {"kind": "person", "name": "林禾舟"},
        {"kind": "enterprise", "name": "𠮷田㛃"},
    ).json()["results"]
    assert [(row["outcome"], row["code"]) for row in rows] == [
        ("unanswered", "SCR-KIND"),
        ("unanswered", "SCR-EMPTY"),
        ("unanswered", "SCR-LONG"),
        ("hits", "E-USCC-02"),
        ("unanswered", "MATCH-OBJECT"),
        ("none", ""),
    ]
    (hit,) = rows[3]["hits"]
    assert (hit["rule"], hit["action"]) == ("name_and_near_number", "review")


@pytest.mark.clause("P5.2d")
def test_only_a_program_with_the_scope_and_an_officer_of_a_body_may_ask(standing: Actor, finance: Office) -> None:
    nobody = Asker(key="", header="Basic Zm9vOmJhcg==")
    assert nobody.ask({"kind": "enterprise", "name": NAME}).status_code == 401
    with pytest.raises(Refused, match="A-NO-RIGHT"):
        ask(standing, enterprise(NAME))


@pytest.mark.clause("P5.2d")
@pytest.mark.django_db(transaction=True)
def test_whoever_matched_on_an_entry_is_told_when_it_is_withdrawn(
    standing: Actor, market: Office, asker: Asker
) -> None:
    assert asker.ask({"kind": "enterprise", "uscc": FIRM}).json()["results"][0]["outcome"] == "hits"
    mark(market, standing, MarkKind.REPAIRED)
    assert (asker.key, "repaired", "stop") in told()
