"""A broken promise has time to be made good first; made good in time it is no breach."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import orjson
import pytest
from django.test import Client

from chengxin.access import facade as access
from chengxin.commitments import facade
from chengxin.commitments.contracts import Commitment, Content, Maker, Source
from chengxin.commitments.display import sentences_of
from chengxin.commitments.tests.conftest import NOW, Office
from chengxin.complaints import facade as complaints
from chengxin.complaints.contracts import Told
from chengxin.database.contracts import Channel
from chengxin.determinations import facade as determinations
from chengxin.determinations.contracts import Determination
from chengxin.determinations.tests.conftest import DRAFTED, HEARD, TOLD, served, take
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import simulated
from chengxin.kernel.refusal import Refused
from chengxin.notices.models import Notice
from chengxin.records import facade as records
from chengxin.records.contracts import MarkKind

DOCUMENT = {"finding_document": "云市监检〔2026〕21号抽查记录"}
OVER = TOLD + timedelta(days=16)


def find_broken(market: Office, promised: Commitment, slip: Path) -> Determination:
    """Draft a finding on the promised service and serve its notice."""
    sentence = promised.sentences[0].id
    found = facade.draft_finding(market.clerk, sentence, source=Source.SAMPLING, cells=DOCUMENT, now=DRAFTED)
    determinations.serve_notice(market.clerk, found.id, served(TOLD, slip), now=TOLD)
    return found


def outcome_of(firm: Actor) -> list[tuple[object, ...]]:
    assert firm.subject_id is not None
    with access.acting_for(firm, channel=Channel.SELF, purpose="own_archive"):
        found = [one for one in records.list_of_subject(firm.subject_id) if one.item_code == "commitment_fulfilment"]
    names = ("commitment_no", "performance", "finding_document", "rectified_by")
    return [tuple(one.content.get(name) for name in names) for one in found]


def beside(promised: Commitment, *, at: datetime = OVER) -> list[tuple[str, str]]:
    """Return what stands beside the sentence a finding is about; the others have nothing beside them."""
    with simulated(at):
        said = sentences_of(promised, facade.outcomes_of(promised, at=at), may_find=False)
        page = Client().get(f"/commitments/{promised.number}").content.decode()
    found = [(one["state"].word, str(one["words"])) for one in said[0]["outcomes"]]  # type: ignore[attr-defined]
    assert [one["outcomes"] for one in said[1:]] == [[]] * (len(said) - 1)
    for _result, words in found:
        assert words in page
    assert page.count("这一条还没有公示的认定") == len(said) - bool(found)
    return found


def mark(market: Office, firm: Actor, kind: MarkKind) -> None:
    assert firm.subject_id is not None
    with access.acting_for(market.approver, channel=Channel.BODY, purpose="correction"):
        (one,) = [one for one in records.list_of_subject(firm.subject_id) if one.item_code == "commitment_fulfilment"]
        word = {"reason": "试验", "reference": "T-1", "actor": market.approver, "now": OVER}
        records.mark(subject_id=one.subject_id, record_id=one.record_id, kind=kind, **word)  # type: ignore[arg-type]


@pytest.mark.clause("E3.2c")
def test_a_breach_is_recorded_only_after_notice_hearing_time_to_make_good_and_a_second_person(
    market: Office, firm: Actor, promised: Commitment, slip: Path
) -> None:
    found = find_broken(market, promised, slip)
    with pytest.raises(Refused) as caught:
        take(found, "propose", market.clerk, HEARD)
    assert caught.value.refusal.code == "CM-RECTIFY-FIRST"
    assert caught.value.refusal.values["day"] == date(2026, 12, 10)
    take(found, "propose", market.clerk, OVER)
    determinations.open_paper(market.approver, found.id, "notice", now=OVER)
    take(found, "decide", market.approver, OVER)
    determinations.serve_decision(market.clerk, found.id, served(OVER, slip), now=OVER)
    assert outcome_of(firm) == []
    assert all(not one for one in facade.outcomes_of(promised, at=OVER).values())
    take(found, "enter", market.clerk, OVER)
    assert beside(promised) == [("违约", "2026年12月11日认定；云市监检〔2026〕21号抽查记录；整改期限2026年12月10日")]
    mark(market, firm, MarkKind.OBJECTION)
    assert beside(promised)[0][1].endswith("；正在异议处理中")
    mark(market, firm, MarkKind.REPAIRED)
    assert beside(promised) == []
    assert outcome_of(firm) == [(promised.number, "broken", DOCUMENT["finding_document"], "2026-12-10")]


@pytest.mark.clause("E3.2c")
def test_what_is_made_good_in_time_is_entered_as_that_and_not_as_a_breach(
    market: Office, firm: Actor, promised: Commitment, slip: Path
) -> None:
    found = find_broken(market, promised, slip)
    determinations.answer(firm, found.number, text="已经退款并改了发货流程。", now=TOLD)
    take(found, "propose_rectified", market.clerk, HEARD)
    with pytest.raises(Refused, match="A-NO-RIGHT"):
        take(found, "confirm_rectified", market.clerk, HEARD)
    take(found, "confirm_rectified", market.approver, HEARD)
    take(found, "enter_rectified", market.clerk, HEARD)
    assert [result for result, _words in beside(promised, at=HEARD)] == ["已整改"]
    assert outcome_of(firm) == [(promised.number, "rectified", DOCUMENT["finding_document"], "2026-12-10")]
    with access.acting_for(firm, channel=Channel.SELF, purpose="own_archive"):
        told = set(Notice.objects.filter(subject_id=firm.subject_id).values_list("text_code", flat=True))
    assert {"commitment_breach_told", "commitment_rectified"} <= told


def test_without_a_document_or_for_a_sentence_nobody_promised_there_is_no_finding(
    market: Office, promised: Commitment
) -> None:
    sentence = promised.sentences[0].id
    for cells, about, code in (({}, sentence, "CM-NO-DOCUMENT"), (DOCUMENT, f"{promised.number}-1", "ABSENT")):
        with pytest.raises(Refused) as caught:
            facade.draft_finding(market.clerk, about, source=Source.COMPLAINT, cells=cells, now=DRAFTED)
        assert caught.value.refusal.code == code
    assert determinations.count_of_body(market.clerk) == 0


def test_a_persons_promise_is_found_broken_only_for_the_person_who_made_it(market: Office, lin: Actor) -> None:
    own = facade.sign(lin, Maker.INDIVIDUAL, {Content.RESPONSIBILITY: {"days": 3}}, now=NOW)
    other = {"subject_name": "望星遥", "id_type": "身份证", "id_no": "390202198506151023"}
    with pytest.raises(Refused) as caught:
        facade.draft_finding(
            market.clerk, own.sentences[0].id, source=Source.COMPLAINT, cells={**DOCUMENT, **other}, now=DRAFTED
        )
    assert caught.value.refusal.code == "CM-OTHER-SUBJECT"
    assert determinations.count_of_body(market.clerk) == 0
    right = {"subject_name": "林禾舟", "id_type": "身份证", "id_no": "390101199001010017"}
    found = facade.draft_finding(
        market.clerk, own.sentences[0].id, source=Source.COMPLAINT, cells={**DOCUMENT, **right}, now=DRAFTED
    )
    assert found.subject_id == lin.subject_id


@pytest.mark.clause("E3.2b")
def test_a_report_of_a_breach_reaches_the_highest_office_with_the_sentence_it_is_about(
    promised: Commitment, offices: dict[str, Actor]
) -> None:
    told = Told(text=f"{promised.sentences[0].id}\n过了三天才发货。", reported_body="YTSJ")
    received = complaints.receive("promise", told, papers=(), now=NOW)
    assert complaints.list_of_office(offices["city"]) == []
    (tip,) = complaints.list_of_office(offices["province"])
    assert tip.number == received.number
    tip = complaints.get_of_office(offices["province"], tip.id)
    opened = complaints.open_entry(offices["province"], tip.id, tip.entries[0].digest, now=NOW)
    assert orjson.loads(opened)["text"].startswith(promised.sentences[0].id)
