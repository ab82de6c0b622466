"""A breach from the leaked file to the last person told, and what nobody can pass over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from chengxin.access import facade as access
from chengxin.breaches import facade, models
from chengxin.breaches.contracts import Breach, Lever, Source
from chengxin.breaches.tests.conftest import SAID, leaked_file, number_of
from chengxin.casework import facade as casework
from chengxin.database.contracts import Channel
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import NOW, Office
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refused
from chengxin.notices import facade as notices

DAY = timedelta(days=1)


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.refusal.code


def opened(actor: Actor, source: Source = Source.STAFF, reference: str = "") -> UUID:
    return facade.open_breach(actor, source, reference, found_on=legal_day(NOW), reasons="发现泄露。", now=NOW)


def take(found: Breach, verb: str, actor: Actor, why: str = "") -> None:
    casework.carry_out(found.case_id, verb=verb, actor=actor, now=NOW, reasons=why)


def reported(desk: dict[str, Actor], incident_id: UUID) -> Breach:
    """Assess a breach and report it to the authority."""
    security = desk["security"]
    facade.assess(security, incident_id, SAID, now=NOW)
    found = facade.get_breach(security, incident_id, now=NOW)
    take(found, "assess", security)
    facade.write_report(
        security,
        incident_id,
        authority="cyberspace",
        reference="云网信〔2026〕1号",
        reported_on=legal_day(NOW),
        now=NOW,
    )
    take(found, "report", security)
    return found


@pytest.mark.clause("E5.4c")
@pytest.mark.clause("P4.1b")
def test_a_leaked_file_is_traced_and_its_persons_are_told_what_the_law_lists(
    desk: dict[str, Actor], lin: Actor, market: Office, hand_in: Callable[..., Batch], tmp_path: Path
) -> None:
    content, number = leaked_file(market, hand_in)
    leaked = tmp_path / "leaked.xlsx"
    leaked.write_bytes(content)
    traced = facade.trace(desk["security"], leaked, is_workbook=True, now=NOW)
    assert traced is not None
    assert (traced.number, traced.actor_key) == (number, market.clerk.key)
    incident_id = opened(desk["security"], Source.EXPORT, number)
    found = facade.get_breach(desk["security"], incident_id, now=NOW)
    assert (found.counted, found.listed, found.told, found.due_on) == (20, 2, 0, date(2026, 11, 24))
    found = reported(desk, incident_id)
    take(found, "tell", desk["security"])
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"):
        (told,) = [one for one in notices.list_for(lin) if one.text == "breach_told"]
    assert told.parameters == {
        "number": found.number,
        "day": "2026年11月23日",
        "item": "行政处罚",
        "cause": "导出的文件被带出、转发",
        "harm": "您的信息可能被他人知晓；可能有人用这些信息诈骗",
        "measures": "已经追回、删除泄露的文件",
        "advice": "警惕以退款、注销、征信为名的来电，不要提供验证码；在“谁看过我”中核对每一次查询",
        "contact": told.parameters["contact"],
    }
    assert told.parameters["contact"] != ""
    take(found, "close", desk["security"], "已告知，已补救。")
    done = facade.get_breach(desk["security"], incident_id, now=NOW)
    assert (done.state, done.told) == ("closed", 2)
    (quarter, *_rest) = facade.list_quarters(today=legal_day(NOW))
    assert (quarter.opened, quarter.reported, quarter.told, quarter.waived, quarter.persons_told) == (1, 1, 1, 0, 2)


@pytest.mark.clause("P4.1b")
def test_not_telling_is_decided_by_another_person_with_reasons(desk: dict[str, Actor]) -> None:
    found = reported(desk, opened(desk["security"]))
    take(found, "propose_waiver", desk["security"], "文件加密，密钥没有泄露。")
    with pytest.raises(Refused) as refused:
        take(found, "waive", desk["security"], "我自己决定。")
    assert code_of(refused) == "A-NO-RIGHT"
    with pytest.raises(Refused) as refused:
        take(found, "waive", desk["audit"])
    assert code_of(refused) == "CASE-REASONS"
    take(found, "waive", desk["audit"], "文件是密文，危害已有效避免。")
    done = facade.get_breach(desk["audit"], found.id, now=NOW)
    assert (done.state, done.waived_because, done.told_at) == ("waived", "文件是密文，危害已有效避免。", None)


def test_the_database_wants_the_report_first_and_another_to_waive(desk: dict[str, Actor]) -> None:
    incident_id = opened(desk["security"])
    for change, constraint in (
        ("told_at = now(), told_by = opened_by", "reported_first"),
        (
            "waived_at = now(), waived_by = opened_by, waived_because = 'x', assessment = '{}', authority_on = now()",
            "waived_by_another",
        ),
    ):
        with (
            access.acting_for(desk["security"], channel=Channel.OFFICE, purpose="breach_handling"),
            pytest.raises(IntegrityError, match=constraint),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"update breaches_incident set {change} where id = %s", [incident_id])


def test_no_step_is_passed_over(desk: dict[str, Actor]) -> None:
    security, incident_id = desk["security"], opened(desk["security"])
    found = facade.get_breach(security, incident_id, now=NOW)
    for verb, before in (("assess", "还没有评估"), ("report", "还没有登记向主管部门的报告")):
        with pytest.raises(Refused, match="BREACH-MISSING") as refused:
            take(found, verb, security)
        assert before in refused.value.refusal.what
        if verb == "assess":
            with pytest.raises(Refused) as refused:
                facade.assess(security, incident_id, replace(SAID, advice=()), now=NOW)
            assert (code_of(refused), refused.value.refusal.field) == ("BREACH-INCOMPLETE", "advice")
            facade.assess(security, incident_id, SAID, now=NOW)
            take(found, verb, security)
    with pytest.raises(Refused) as refused:
        facade.write_report(
            security, incident_id, authority="police", reference="1", reported_on=legal_day(NOW) + DAY, now=NOW
        )
    assert code_of(refused) == "BREACH-REPORT"


@pytest.mark.clause("P4.1b")
def test_an_account_is_stopped_by_its_name_under_the_case(desk: dict[str, Actor], market: Office) -> None:
    incident_id = opened(desk["security"])
    with pytest.raises(Refused) as refused:
        facade.stop(desk["security"], incident_id, Lever.ACCOUNT, "nobody", reasons="泄露", now=NOW)
    assert code_of(refused) == "BREACH-REFERENCE"
    with pytest.raises(Refused) as refused:
        facade.stop(desk["security"], incident_id, Lever.CLIENT, "not-an-id", reasons="泄露", now=NOW)
    assert code_of(refused) == "BREACH-REFERENCE"
    facade.stop(desk["security"], incident_id, Lever.ACCOUNT, "ytsj-clerk", reasons="文件由此账户导出", now=NOW)
    (stop,) = facade.get_breach(desk["security"], incident_id, now=NOW).stops
    assert (stop.lever, stop.reference, stop.reasons) == (Lever.ACCOUNT, market.clerk.key, "文件由此账户导出")


@pytest.mark.parametrize(("source", "reference"), [(Source.EXPORT, "DC0"), (Source.MISUSE, "WG0"), (Source.TIP, "JB0")])
def test_a_source_that_is_not_there_opens_nothing(desk: dict[str, Actor], source: Source, reference: str) -> None:
    with pytest.raises(Refused) as refused:
        opened(desk["security"], source, reference)
    assert (code_of(refused), facade.list_breaches(desk["security"], now=NOW)) == ("BREACH-SOURCE", [])


def test_one_source_becomes_one_breach(desk: dict[str, Actor], market: Office, hand_in: Callable[..., Batch]) -> None:
    _content, number = leaked_file(market, hand_in)
    opened(desk["security"], Source.EXPORT, number)
    with pytest.raises(Refused) as refused:
        opened(desk["security"], Source.EXPORT, number)
    assert code_of(refused) == "BREACH-OPENED"


def test_a_person_is_added_by_number_and_a_stranger_is_accepted_alike(desk: dict[str, Actor], lin: Actor) -> None:
    incident_id = opened(desk["security"])
    for number in ("390101199001010017", number_of(1099)):
        facade.add_person(desk["security"], incident_id, number, now=NOW)
    found = facade.get_breach(desk["security"], incident_id, now=NOW)
    assert (found.counted, found.listed) == (2, 1)
    with access.acting_for(desk["security"], channel=Channel.OFFICE, purpose="breach_handling"):
        assert list(models.Person.objects.values_list("subject_id", flat=True)) == [lin.subject_id]


@pytest.mark.clause("P4.1b")
def test_who_was_concerned_is_read_by_the_desk_alone(desk: dict[str, Actor], lin: Actor, market: Office) -> None:
    incident_id = opened(desk["security"])
    facade.add_person(desk["security"], incident_id, "390101199001010017", now=NOW)
    seen = 0
    for actor in (lin, market.clerk, market.approver):
        for channel in Channel:
            with access.acting_for(actor, channel=channel, purpose="breach_handling"):
                seen += models.Incident.objects.count() + models.Person.objects.count() + models.Stop.objects.count()
        with pytest.raises(Refused):
            facade.get_breach(actor, incident_id, now=NOW)
    assert seen == 0
    with access.acting_for(desk["audit"], channel=Channel.OFFICE, purpose="breach_handling"):
        assert models.Person.objects.count() == 1
