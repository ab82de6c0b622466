"""A copy of the report for who acts for another: where the scope says so, named in it, without what is withheld."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import orjson
import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.archives import facade as archives
from chengxin.archives.contracts import ReportForm, ReportState
from chengxin.archives.hall import write_down
from chengxin.archives.looks import purpose_name
from chengxin.archives.models import Report
from chengxin.archives.tests.test_filing import LIN
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.ids import new_id
from chengxin.looks import facade as looks
from chengxin.looks.tests.conftest import look
from chengxin.looks.tests.test_restrictions import withheld
from chengxin.representation import facade, models
from chengxin.representation.contracts import Ground, Mandate
from chengxin.representation.tests.conftest import NOW, offer, sign_in
from chengxin.representation.tests.test_by_law import CreditOffice, checked, claim, file, office
from chengxin.representation.tests.test_mandates import refused

__all__ = ["look", "office"]

STATUTORY = purpose_name("statutory_query")


@world
def copying(lin: Actor, wang: Actor) -> Mandate:
    """Return a mandate to look and to have the report."""
    return facade.accept(wang, offer(lin, "report").id, now=NOW)


def make(actor: Actor) -> str:
    return archives.make_report(actor, now=NOW, address_of=str)


def content_of(actor: Actor, code: str) -> dict[str, Any]:
    return dict(orjson.loads(archives.open_report(actor, code, now=NOW).content))


def count(actor: Actor, table: str, *, purpose: str = "own_report") -> int:
    with access.acting_for(actor, channel=Channel.SELF, purpose=purpose), connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        return int(cursor.fetchone()[0])


def test_the_copy_says_who_asked_and_the_person_sees_both_the_copy_and_who_had_it(
    lin: Actor, wang: Actor, copying: Mandate
) -> None:
    own, acting = make(lin), facade.stand_in(wang, copying)
    code = make(acting)
    whole = content_of(acting, code)
    assert (whole["requester"], whole["subject"]["name"]) == ("代理人（依本人的网上委托）", "林禾舟")
    assert {one.code: one.state for one in archives.list_reports(lin, now=NOW)} == {
        own: ReportState.SUPERSEDED,
        code: ReportState.VALID,
    }
    seen = [one for one in looks.own_looks(lin, now=NOW).lines if one.kind == "report" and one.representative]
    assert {(one.representative, one.role, one.channel) for one in seen} == {
        (wang.key, "representative:mandate", "represented")
    }
    assert {one.reference for one in seen} == {code}
    assert "您的代理人望星遥" in sign_in("lin").get("/me/looks").content.decode()


def test_a_look_that_is_kept_from_the_person_is_kept_from_who_has_the_copy(
    lin: Actor, wang: Actor, market: Any, copying: Mandate, look: Callable[..., Any]
) -> None:
    acting = facade.stand_in(wang, copying)
    look(lin, reference="案-9", purpose="statutory_query")
    before = count(acting, "audit_event")
    assert STATUTORY in str(content_of(acting, make(acting))["chapters"][-1])
    withheld(market)
    assert count(acting, "audit_event") == count(lin, "audit_event") > before
    assert STATUTORY not in str(content_of(acting, make(acting))["chapters"][-1])


def test_looks_are_read_for_the_report_and_for_nothing_else(wang: Actor, copying: Mandate) -> None:
    acting = facade.stand_in(wang, copying)
    for purpose in ("own_archive", "objection", "audit", "own_summary"):
        assert (purpose, count(acting, "audit_event", purpose=purpose)) == (purpose, 0)
    refused("A-BEYOND-SCOPE", lambda: looks.own_looks(acting, now=NOW))


def test_what_only_the_person_does_with_reports_stays_closed(lin: Actor, wang: Actor, copying: Mandate) -> None:
    acting = facade.stand_in(wang, copying)
    code = make(acting)
    refused("A-BEYOND-SCOPE", lambda: archives.take_back(acting, code, now=NOW))
    refused("A-BEYOND-SCOPE", lambda: archives.make_certificate(acting, ["any"], years=1, now=NOW, address_of=str))
    refused("A-BEYOND-SCOPE", lambda: archives.list_reports(acting, now=NOW, form=ReportForm.OCCUPATION))
    refused("A-BEYOND-SCOPE", lambda: archives.make_occupational_report(acting, "x", ["y"], now=NOW, address_of=str))
    with access.acting_for(acting, channel=Channel.SELF, purpose="own_report"):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Report.objects.filter(code=code).update(withdrawn_at=NOW)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Report.objects.filter(code=code).update(superseded_at=NOW, withdrawn_at=NOW)
    assert [one.state for one in archives.list_reports(lin, now=NOW)] == [ReportState.VALID]
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_report"):
        row = Report.objects.get(code=code)
        row.id, row.code, row.form = new_id(NOW), "X" * 12, "certificate"
        row.save(force_insert=True)
    assert (count(lin, "archives_report"), count(acting, "archives_report")) == (2, 1)


def test_without_the_scope_there_is_no_report_and_no_look(lin: Actor, wang: Actor) -> None:
    make(lin)
    acting = facade.stand_in(wang, facade.accept(wang, offer(lin, "object", "repair").id, now=NOW))
    refused("A-BEYOND-SCOPE", lambda: make(acting))
    assert [count(acting, one) for one in ("archives_report", "audit_event")] == [0, 0]


def test_the_end_of_the_mandate_is_the_end_of_the_copy(lin: Actor, wang: Actor, copying: Mandate) -> None:
    acting = facade.stand_in(wang, copying)
    code = make(acting)
    facade.end(lin, copying.id, now=NOW)
    refused("ABSENT", lambda: archives.open_report(acting, code, now=NOW))
    assert [count(acting, one) for one in ("archives_report", "audit_event")] == [0, 0]


def test_a_clerk_lays_no_turn_that_would_show_them_the_report(lin: Actor) -> None:
    clerk = Actor(key="account:x", roles=frozenset({Role.HALL_CLERK}), body="YTDT")
    visit = new_id(NOW)
    row = models.Mandate(
        id=visit, number="WT-x", subject_id=lin.subject_id, ground="counter", scopes=["look", "report"],
        sealed_name=b"x", holder_key=clerk.key, granted_at=NOW, granted_by=f"visit:{visit}", accepted_at=NOW,
        ends_on=NOW.date() + timedelta(days=1),
    )  # fmt: skip
    at = {"channel": Channel.COUNTER, "purpose": "filing_at_counter", "case_ref": str(visit)}
    with access.acting_for(clerk, attended_id=lin.subject_id, **at):
        write_down(clerk, visit, LIN, now=NOW, subject_id=lin.subject_id, code="CK-x")
        with pytest.raises(IntegrityError, match="representation_mandate_fits"), transaction.atomic():
            row.save(force_insert=True)
        row.scopes = ["look"]
        row.save(force_insert=True)


def test_no_office_lets_next_of_kin_apply_for_repair(lin: Actor, wang: Actor, office: CreditOffice) -> None:
    checked(office, file(wang, claim(Ground.NEXT_OF_KIN)))
    (about,) = facade.both_sides(lin, now=NOW).about
    second = office.second
    row = models.Mandate(
        id=about.id, number=about.number, subject_id=lin.subject_id, ground="next_of_kin", scopes=["look", "repair"],
        sealed_name=b"x", holder_key=wang.key, granted_at=NOW, granted_by=second.key, accepted_at=NOW,
        ends_on=NOW.date() + timedelta(days=1),
    )  # fmt: skip
    at = {"channel": Channel.OFFICE, "purpose": "representation_handling", "case_ref": about.number}
    with (
        pytest.raises(IntegrityError, match="representation_mandate_fits"),
        access.acting_for(second, **at),
        transaction.atomic(),
    ):
        row.save(force_insert=True)


@pytest.mark.parametrize(
    ("given", "offered"),
    [((), set()), (("object",), {"有异议"}), (("repair",), {"信用修复："}), (("report",), {"生成信用报告"})],
)
def test_what_a_representative_may_not_do_shows_no_button(
    lin: Actor, wang: Actor, given: tuple[str, ...], offered: set[str]
) -> None:
    mandate = facade.accept(wang, offer(lin, *given).id, now=NOW)
    browser = sign_in("wang")
    browser.post(f"/me/representation/{mandate.id}/begin")
    page = browser.get("/me").content.decode()
    buttons = {"有异议", "写本人说明", "信用修复：", "生成信用报告", "谁看过我"}
    assert {one for one in buttons if one in page.split("<main", 1)[1]} == offered
    if given == ("report",):
        assert browser.post("/me/reports").status_code == 302
        listed = browser.get("/me/reports").content.decode()
        assert ("有效" in listed, "撤回报告" in listed) == (True, False)
        assert "撤回报告" in sign_in("lin").get("/me/reports").content.decode()
