"""Acting by law: papers, two officers, a person who is told first; exactly what a guardian and next of kin may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import orjson
import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.utils import ProgrammingError
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.access.contracts import Body, ProofNeeded
from chengxin.archives import facade as archives
from chengxin.casework import facade as casework
from chengxin.casework.papers import open_paper
from chengxin.database.contracts import Channel
from chengxin.intake.tests.conftest import SETUP
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import simulated
from chengxin.looks import facade as looks
from chengxin.notices import facade as notices
from chengxin.repair import facade as repair
from chengxin.representation import facade, models
from chengxin.representation.contracts import Claim, Ground, Mandate
from chengxin.representation.rules import why_not_apply
from chengxin.representation.tests.conftest import NOW, WANG_NUMBER
from chengxin.representation.tests.test_mandates import object_for, refused, seen_by
from chengxin.retention import facade as retention
from chengxin.subjects.models import Representation, Subject

LIN_NUMBER = "390101199001010017"
PNG = b"\x89PNG\r\n\x1a\n"
NOBODY = "390101199001010092"
# What nobody who acts by law sees: consents, reports, looks, letters, numbers, and how they came to act.
KEPT_BACK = ("consents_authorisation", "archives_report", "audit_event", "notices_notice", "subjects_identifier",
             "representation_application", "subjects_status_change")  # fmt: skip
LATER = NOW + timedelta(days=7)


@dataclass(frozen=True)
class CreditOffice:
    """The credit office with two officers and another body's."""

    first: Actor
    second: Actor
    stranger: Actor


def officer(name: str, body: str) -> Actor:
    account = access.open_account(name, actor=SETUP, now=NOW)
    access.give_post(account.id, body=body, role=Role.CASE_OFFICER, actor=SETUP, now=NOW, starts_on=date(2020, 1, 1))
    opened = access.find_account_by_id(account.id, on=NOW.date())
    assert opened is not None
    return access.actor_for_account(opened, on=NOW.date(), body=body)


@world
def office(lin: Actor) -> CreditOffice:
    for code in ("YTXY", "GCXY"):
        body = Body(
            code=code, name_zh=f"{code}信用办", name_en=code, uscc="", area="3901", level="city", fields_of_work=(),
            parent="", is_credit_office=code == "YTXY",
        )  # fmt: skip
        access.open_bodies([body], actor=SETUP, now=NOW)
    return CreditOffice(
        first=officer("first", "YTXY"), second=officer("second", "YTXY"), stranger=officer("other", "GCXY")
    )


def claim(ground: Ground = Ground.GUARDIAN, **changed: object) -> Claim:
    given = {"name": "林禾舟", "number": LIN_NUMBER, "interest": "更正他档案里的错误。", "body": "YTXY"} | changed
    return Claim(ground=ground, **given)  # type: ignore[arg-type]


def file(actor: Actor, wanted: Claim) -> UUID:
    """Apply with two papers, and return the case."""
    papers = [SimpleUploadedFile(f"{name}.png", PNG + name.encode()) for name in ("judgment", "kinship")]
    number = facade.apply(actor, wanted, document=papers[0], relation=papers[1], now=NOW)
    return facade.own_application(actor, number, now=NOW)[0].case_id


def numbered(actor: Actor, case_id: UUID) -> str:
    return next(one.number for one in facade.both_sides(actor, now=NOW).filed if one.case_id == case_id)


def read(actor: Actor, case_id: UUID) -> None:
    with access.acting_for(actor, channel=Channel.BODY, purpose="case_handling"):
        for digest in casework.papers_of(case_id):
            open_paper(case_id, digest, actor=actor, now=NOW)


def take(actor: Actor, case_id: UUID, verb: str, *, on: int = 0) -> None:
    at = NOW + timedelta(days=on)
    with simulated(at):
        casework.carry_out(case_id, verb=verb, actor=actor, now=at, reasons="核对过原件。")


def checked(office: CreditOffice, case_id: UUID) -> None:
    """Read everything as both officers, and propose as the first."""
    facade.open_application(office.first, case_id, now=NOW)
    read(office.first, case_id)
    read(office.second, case_id)
    take(office.first, case_id, "propose")


def registered(wang: Actor, office: CreditOffice, ground: Ground = Ground.GUARDIAN, **changed: object) -> Mandate:
    case_id = file(wang, claim(ground, **changed))
    checked(office, case_id)
    take(office.second, case_id, "grant", on=7)
    (held,) = facade.both_sides(wang, now=LATER).held
    return held


def as_officer(change: Callable[[], object]) -> None:
    officer = Actor(key="account:officer", roles=frozenset({Role.CASE_OFFICER}), body="YTXY")
    with access.acting_for(officer, channel=Channel.OFFICE, purpose="oversight"):
        change()


def status_of(subject_id: UUID) -> str:
    with access.acting_for(SETUP, channel=Channel.JOB, purpose="filing"):
        return Subject.objects.get(id=subject_id).status


def told(actor: Actor) -> list[str]:
    with access.acting_for(actor, channel=Channel.SELF, purpose="own_archive"):
        return sorted(one.text for one in notices.list_for(actor) if one.text.startswith("representation"))


@pytest.mark.parametrize(
    ("basis", "expected"),
    [
        (Ground.GUARDIAN, ("guardianship", 1095, ("look", "object", "repair", "report"))),
        (Ground.NEXT_OF_KIN, ("deceased", 365, ("look", "object", "report"))),
    ],
)
def test_two_officers_register_who_acts_by_law_and_that_account_does_what_its_ground_allows_and_no_more(
    lin: Actor, wang: Actor, office: CreditOffice, basis: Ground, expected: tuple[str, int, tuple[str, ...]]
) -> None:
    assert lin.subject_id is not None
    status, lasts, scopes = expected
    held = registered(wang, office, basis)
    assert (held.ground, held.scopes, held.subject_id) == (basis, scopes, lin.subject_id)
    assert (held.ends_on, status_of(lin.subject_id)) == (LATER.date() + timedelta(days=lasts), status)
    assert told(lin) == ["representation_proposed", "representation_registered"]
    assert told(wang) == ["representation_checked", "representation_granted"]
    with simulated(LATER):
        live, name = facade.begin(wang, held.id, now=LATER)
        stand_in = facade.stand_in(wang, live)
        assert (name, archives.own_archive(stand_in, now=LATER).name) == ("林禾舟", "林禾舟")
        object_for(stand_in)
        if basis is Ground.GUARDIAN:
            assert len(repair.own_prospects(stand_in, now=LATER)) == 1
        else:
            refused("A-BEYOND-SCOPE", lambda: repair.own_prospects(stand_in, now=LATER))
        assert {table: seen_by(stand_in, table) for table in KEPT_BACK} == dict.fromkeys(KEPT_BACK, 0)
        code = archives.make_report(stand_in, now=LATER, address_of=str)
        whole = orjson.loads(archives.open_report(stand_in, code, now=LATER).content)
        asked = {Ground.GUARDIAN: "代理人（登记的监护人）", Ground.NEXT_OF_KIN: "代理人（登记的近亲属）"}
        assert whole["requester"] == asked[basis]
        seen = [look for look in looks.own_looks(lin, now=LATER).lines if look.representative]
        assert {(look.role, look.channel) for look in seen} == {(f"representative:{basis.value}", "represented")}
        assert facade.names_of(lin, {wang.key}, now=LATER) == {wang.key: "望星遥"}
    with access.acting_for(wang, channel=Channel.SELF, purpose="representation"):
        assert [(one.ground, one.ends_on) for one in Representation.objects.all()] == [(basis.value, held.ends_on)]
    seen_in = {}
    for now_is in ("active", "guardianship", "deceased", "erased"):
        as_officer(lambda now_is=now_is: Subject.objects.filter(id=held.subject_id).update(status=now_is))
        is_live = facade.find_live(wang, held.id, held.subject_id, now=NOW) is not None
        seen_in[now_is] = (seen_by(stand_in, "records_version"), is_live)
    others = {"active", "guardianship", "deceased", "erased"} - {status}
    assert seen_in == {status: (1, True), **dict.fromkeys(others, (0, False))}


def test_it_takes_a_second_officer_who_read_every_paper_seven_days_and_that_the_person_was_heard(
    lin: Actor, wang: Actor, office: CreditOffice
) -> None:
    case_id = file(wang, claim())
    assert (told(lin), facade.both_sides(lin, now=NOW).about) == ([], [])
    refused("CASE-UNOPENED", lambda: take(office.first, case_id, "propose"))
    facade.open_application(office.first, case_id, now=NOW)
    read(office.first, case_id)
    take(office.first, case_id, "propose")
    refused("A-FOUR-EYES", lambda: take(office.first, case_id, "grant", on=7))
    refused("CASE-UNOPENED", lambda: take(office.second, case_id, "grant", on=7))
    read(office.second, case_id)
    refused("REP-EARLY", lambda: take(office.second, case_id, "grant", on=6))
    (about,) = facade.both_sides(lin, now=NOW).about
    refused("ABSENT", lambda: facade.contest(wang, about.number, now=NOW))
    facade.contest(lin, about.number, now=NOW)
    refused("REP-CONTESTED", lambda: take(office.second, case_id, "grant", on=7))
    assert lin.subject_id is not None
    assert (status_of(lin.subject_id), facade.both_sides(wang, now=NOW).held) == ("active", [])
    take(office.second, case_id, "hear", on=7)
    take(office.second, case_id, "grant", on=7)
    assert (len(facade.both_sides(wang, now=LATER).held), facade.both_sides(lin, now=LATER).about) == (1, [])


def test_nobody_is_told_whether_the_other_is_on_file_and_only_the_office_that_checks_it_reads_it(
    lin: Actor, wang: Actor, office: CreditOffice
) -> None:
    known, misnamed, unknown = (
        file(wang, claim(**changed)) for changed in ({}, {"name": "林禾丹"}, {"name": "何人知", "number": NOBODY})
    )
    refused("ABSENT", lambda: facade.open_application(office.stranger, known, now=NOW))
    opened = [facade.open_application(office.first, one, now=NOW) for one in (known, misnamed, unknown)]
    assert [(one.is_known, one.name, one.applicant) for one in opened] == [
        (True, "林禾舟", "望星遥"),
        (False, "林禾丹", "望星遥"),
        (False, "何人知", "望星遥"),
    ]
    read(office.first, unknown)
    refused("REP-UNKNOWN", lambda: take(office.first, unknown, "propose"))
    asked = [look for look in looks.own_looks(lin, now=NOW).lines if look.purpose == "representation_handling"]
    assert sorted((look.kind, look.reason) for look in asked) == [("candidate", "number"), ("verify", "")]


def test_who_arranged_otherwise_is_looked_after_by_no_next_of_kin(
    lin: Actor, wang: Actor, office: CreditOffice
) -> None:
    facade.arrange(lin, closes=True, now=NOW)
    case_id = file(wang, claim(Ground.NEXT_OF_KIN))
    checked(office, case_id)
    refused("REP-ARRANGED", lambda: take(office.second, case_id, "grant", on=7))
    assert lin.subject_id is not None
    assert (status_of(lin.subject_id), facade.both_sides(wang, now=LATER).held) == ("active", [])
    facade.arrange(lin, closes=False, now=NOW)
    take(office.second, case_id, "grant", on=7)
    assert len(facade.both_sides(wang, now=LATER).held) == 1


def test_what_the_law_gave_ends_by_its_holder_and_its_last_day_and_not_by_the_represented(
    lin: Actor, wang: Actor, office: CreditOffice
) -> None:
    held = registered(wang, office, until=date(2026, 12, 1))
    assert held.ends_on == date(2026, 12, 2)
    stand_in = facade.stand_in(wang, held)
    refused("REP-BY-LAW", lambda: facade.end(lin, held.id, now=NOW))
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        access.acting_for(lin, channel=Channel.SELF, purpose="representation"),
        transaction.atomic(),
    ):
        models.Mandate.objects.filter(id=held.id).update(ended_at=NOW, ended_by=lin.key)
    with simulated(NOW + timedelta(days=9)):
        assert seen_by(stand_in, "records_version") == 0
    assert seen_by(stand_in, "records_version") == 1
    facade.end(wang, held.id, now=NOW)
    assert seen_by(stand_in, "records_version") == 0


@pytest.mark.parametrize(("verb", "status"), [("end", "guardianship"), ("undo", "active")])
def test_two_officers_of_the_office_end_it_at_once_and_undo_a_mistake(
    lin: Actor, wang: Actor, office: CreditOffice, verb: str, status: str
) -> None:
    held = registered(wang, office)
    stand_in = facade.stand_in(wang, held)
    case_id = facade.own_application(wang, held.number, now=NOW)[0].case_id
    refused("CASE-EVIDENCE", lambda: take(office.first, case_id, "propose_end", on=8))
    paper = casework.keep_papers([SimpleUploadedFile("revoked.png", PNG + b"revoked")])
    at = NOW + timedelta(days=8)
    casework.carry_out(case_id, verb="propose_end", actor=office.first, now=at, reasons="法院已撤销。", evidence=paper)
    refused("A-FOUR-EYES", lambda: take(office.first, case_id, verb, on=8))
    assert seen_by(stand_in, "records_version") == 1
    read(office.second, case_id)
    take(office.second, case_id, verb, on=8)
    assert lin.subject_id is not None
    assert (seen_by(stand_in, "records_version"), status_of(lin.subject_id)) == (0, status)
    assert ("representation_over" in told(lin), "representation_ended" in told(wang)) == (True, True)
    with access.acting_for(wang, channel=Channel.SELF, purpose="representation"):
        assert [one.ends_on for one in Representation.objects.all()] == [at.date()]


def test_papers_are_asked_for_and_handed_in_and_a_refusal_needs_a_second_officer_and_says_why(
    lin: Actor, wang: Actor, office: CreditOffice
) -> None:
    case_id = file(wang, claim())
    take(office.first, case_id, "return_for_more")
    number = facade.both_sides(wang, now=NOW).filed[0].number
    refused("ABSENT", lambda: facade.supplement(lin, number, papers=[], now=NOW))
    facade.supplement(wang, number, papers=[SimpleUploadedFile("more.png", PNG + b"more")], now=NOW)
    read(office.first, case_id)
    read(office.second, case_id)
    take(office.first, case_id, "propose_refusal")
    refused("A-FOUR-EYES", lambda: take(office.first, case_id, "refuse"))
    take(office.second, case_id, "refuse")
    application, case, steps = facade.own_application(wang, number, now=NOW)
    assert (case.state, application.closed_at, steps[-1].reasons) == ("refused", NOW, "核对过原件。")
    assert (told(lin), facade.both_sides(wang, now=NOW).held) == ([], [])
    other = facade.own_application(wang, numbered(wang, file(wang, claim())), now=NOW)[0].number
    facade.take_back(wang, other, now=NOW)
    assert facade.own_application(wang, other, now=NOW)[1].state == "withdrawn"


def words(actor: Actor) -> dict[str, int]:
    """Return how many bytes each of one's own applications still says."""
    with access.acting_for(actor, channel=Channel.SELF, purpose="own_archive"):
        return {row.number: len(row.sealed) for row in models.Application.objects.all()}


@pytest.mark.clause("P4.2b")
def test_what_an_applicant_wrote_ends_three_years_after_the_registration_and_no_day_before(
    lin: Actor, wang: Actor, office: CreditOffice, settings: LazySettings
) -> None:
    rules = [rule for rule in retention.list_rules() if rule.kind == "application"]
    case_id = file(wang, claim())
    checked(office, case_id)
    take(office.second, case_id, "grant", on=7)
    kept, gone = numbered(wang, case_id), numbered(wang, file(wang, claim()))
    facade.take_back(wang, gone, now=NOW)
    settings.LAW_PACK = "national"  # The province's pack is not known that far ahead.
    assert retention.sweep(now=datetime(2029, 11, 23, 2, tzinfo=UTC), rules=rules) == {"application": 0}
    assert retention.sweep(now=datetime(2029, 11, 24, 2, tzinfo=UTC), rules=rules) == {"application": 1}
    said = words(wang)
    assert (said[gone], said[kept] > 0) == (0, True)
    # The registration lasts 1,095 days from 2026-11-30: it is over on 2029-11-29.
    assert retention.sweep(now=datetime(2032, 11, 29, 2, tzinfo=UTC), rules=rules) == {"application": 0}
    assert retention.sweep(now=datetime(2032, 11, 30, 2, tzinfo=UTC), rules=rules) == {"application": 1}
    assert set(words(wang).values()) == {0}
    refused("REP-GONE", lambda: facade.open_application(office.first, case_id, now=NOW))
    with access.acting_for(wang, channel=Channel.SELF, purpose="own_archive"):
        names = models.Application.objects.exclude(sealed_name=None).values_list("sealed_name", flat=True)
        assert [bytes(name) for name in names] == [b""]


def test_nobody_rewrites_what_an_applicant_wrote(lin: Actor, wang: Actor, office: CreditOffice) -> None:
    number = numbered(wang, file(wang, claim()))
    for sealed in (b"x", b""):
        with (
            pytest.raises(ProgrammingError, match="keeps the words"),
            access.acting_for(wang, channel=Channel.SELF, purpose="own_archive"),
            transaction.atomic(),
        ):
            models.Application.objects.filter(number=number).update(sealed=sealed, closed_at=NOW)
    assert words(wang)[number] > 0


def test_an_application_is_about_one_other_person_with_a_reason_before_a_credit_office() -> None:
    def code(wanted: Claim, *, is_self: bool = False, standing: int = 0) -> str:
        refusal = why_not_apply(wanted, offices={"YTXY"}, is_self=is_self, standing=standing)
        return refusal.code if refusal else ""

    assert code(claim()) == ""
    assert code(claim(Ground.MANDATE)) == "REP-GROUND"
    assert code(claim(number="390101199001010018")) == "E-ID-02"
    assert code(claim(name=" ")) == "REP-NAME"
    assert code(claim(interest=" ")) == "REP-INTEREST"
    assert code(claim(body="GCXY")) == "REP-OFFICE"
    assert code(claim(), is_self=True) == "REP-SELF"
    assert code(claim(), standing=5) == "REP-MOST-OPEN"


def test_it_is_asked_for_with_a_fresh_proof_only(wang: Actor, office: CreditOffice) -> None:
    with pytest.raises(ProofNeeded):
        file(replace(wang, owes_proof=True), claim())
    refused("REP-SELF", lambda: file(wang, claim(number=WANG_NUMBER)))
    assert facade.both_sides(wang, now=NOW).filed == []


def test_no_officer_registers_what_nobody_applied_for(lin: Actor, wang: Actor, office: CreditOffice) -> None:
    case_id = file(wang, claim())
    checked(office, case_id)
    (about,) = facade.both_sides(lin, now=NOW).about

    def lay(actor: Actor, **changed: object) -> None:
        row = {
            "id": about.id, "number": about.number, "subject_id": lin.subject_id, "ground": "guardian",
            "scopes": ["look"], "sealed_name": b"x", "holder_key": wang.key, "granted_at": NOW,
            "granted_by": actor.key, "ends_on": date(2027, 1, 1), "accepted_at": NOW,
        }  # fmt: skip
        with (
            access.acting_for(actor, channel=Channel.OFFICE, purpose="representation_handling", case_ref=about.number),
            transaction.atomic(),
        ):
            models.Mandate(**(row | changed)).save(force_insert=True)

    for who, changed in (
        (office.first, {}),
        (office.stranger, {}),
        (office.second, {"holder_key": "account:other"}),
        (office.second, {"subject_id": wang.subject_id}),
        (office.second, {"ground": "next_of_kin"}),
        (office.second, {"ground": "mandate"}),
        (office.second, {"id": UUID(int=5)}),
    ):
        with pytest.raises(ProgrammingError, match="row-level security"):
            lay(who, **changed)
    lay(office.second)
