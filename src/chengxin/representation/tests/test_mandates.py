"""委托: offered with a fresh proof, accepted by whose number it is, used within its scope, ended at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.conf import LazySettings
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from chengxin.access import facade as access
from chengxin.access.contracts import ProofNeeded
from chengxin.archives import facade as archives
from chengxin.audit.contracts import Look
from chengxin.consents import facade as consents
from chengxin.database.contracts import Channel, Context
from chengxin.kernel.actor import ANYONE, Actor, Role
from chengxin.kernel.clock import simulated
from chengxin.kernel.refusal import Refused
from chengxin.looks import facade as looks
from chengxin.notices import facade as notices
from chengxin.objections import facade as objections
from chengxin.objections.contracts import Ground
from chengxin.presentations import facade as presentations
from chengxin.representation import facade, models
from chengxin.representation.contracts import Mandate, Standing, Wanted
from chengxin.representation.scopes import scopes
from chengxin.representation.tests.conftest import NOW, WANG_NUMBER, offer, sign_in
from chengxin.retention.tests.test_retention import swept
from chengxin.subjects.models import Subject

OUTSIDE = ("consent.grant", "consent.withdraw", "presentation.make", "benefit.use", "look.challenge",
           "report.take_back", "certificate.make", "occupation.report", "credential.issue", "statement.write",
           "representation.grant", "looks.read_own")  # fmt: skip


def acting(wang: Actor, mandate: Mandate) -> Actor:
    return facade.stand_in(wang, mandate)


def line_of(actor: Actor) -> UUID:
    return archives.own_archive(actor, now=NOW).lines[0].record_id


def object_for(actor: Actor) -> str:
    case = objections.object_to(actor, line_of(actor), ground=Ground.ERROR, words="金额写错了。", now=NOW)
    return case.number


def refused(code: str, do: Callable[[], object]) -> None:
    with pytest.raises(Refused) as raised:
        do()
    assert raised.value.refusal.code == code


def own_looks(lin: Actor) -> list[Look]:
    return list(looks.own_looks(lin, now=NOW).lines)


def seen_by(actor: Actor, table: str) -> int:
    with access.acting_for(actor, channel=Channel.SELF, purpose="own_archive"), connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        return int(cursor.fetchone()[0])


def test_a_mandate_allows_nothing_before_it_is_accepted(lin: Actor, wang: Actor) -> None:
    offered = offer(lin, "object")
    assert offered.standing(NOW.date()) is Standing.OFFERED
    assert facade.find_live(wang, offered.id, offered.subject_id, now=NOW) is None
    refused("ABSENT", lambda: facade.begin(wang, offered.id, now=NOW))
    assert seen_by(acting(wang, offered), "records_version") == 0


def test_only_whoever_has_the_number_finds_and_accepts_the_offer(lin: Actor, wang: Actor) -> None:
    offered = offer(lin)
    assert facade.both_sides(lin, now=NOW).offered == []
    refused("ABSENT", lambda: facade.accept(lin, offered.id, now=NOW))
    assert [one.number for one in facade.both_sides(wang, now=NOW).offered] == [offered.number]
    live = facade.accept(wang, offered.id, now=NOW)
    assert live.standing(NOW.date()) is Standing.LIVE
    assert [one.number for one in facade.both_sides(wang, now=NOW).held] == [offered.number]
    assert [(one.number, name) for one, name in facade.both_sides(lin, now=NOW).given] == [(offered.number, "望星遥")]
    refused("ABSENT", lambda: facade.accept(wang, offered.id, now=NOW))


def test_the_representatives_number_is_kept_as_a_tag_only_and_not_after_it_was_accepted(
    lin: Actor, wang: Actor
) -> None:
    offered = offer(lin)
    with access.acting_for(lin, channel=Channel.SELF, purpose="representation"):
        tag = bytes(models.Mandate.objects.get(id=offered.id).holder_tag or b"")
    assert (len(tag), WANG_NUMBER.encode() in tag) == (16, False)
    facade.accept(wang, offered.id, now=NOW)
    with access.acting_for(lin, channel=Channel.SELF, purpose="representation"):
        row = models.Mandate.objects.get(id=offered.id)
    assert row.holder_tag is None
    assert "望星遥".encode() not in bytes(row.sealed_name)


def test_it_refuses_a_mandate_that_is_not_to_one_adult_for_known_things_and_a_year_at_most(lin: Actor) -> None:
    for changed, code in (
        ({"number": "390202198506151024"}, "E-ID-02"),
        ({"number": "390101199001010017"}, "REP-SELF"),
        ({"name": " "}, "REP-NAME"),
        ({"days": 366}, "REP-DAYS"),
        ({"days": 0}, "REP-DAYS"),
        ({"scopes": ("consent",)}, "REP-SCOPE"),
    ):
        asked = Wanted(**({"name": "望星遥", "number": WANG_NUMBER, "scopes": (), "days": 365} | changed))
        refused(code, lambda asked=asked: facade.grant(lin, asked, now=NOW))
    assert facade.both_sides(lin, now=NOW).given == []


def test_it_is_given_with_a_fresh_proof_only(lin: Actor) -> None:
    with pytest.raises(ProofNeeded):
        offer(replace(lin, owes_proof=True))
    assert facade.both_sides(lin, now=NOW).given == []
    refused("SIGN_IN_REQUIRED", lambda: offer(ANYONE))


def test_a_representative_reads_the_file_and_objects_and_the_represented_sees_who_and_why(
    lin: Actor, wang: Actor, mandate: Mandate
) -> None:
    stand_in = acting(wang, mandate)
    assert stand_in.roles == {Role.REPRESENTATIVE}
    assert archives.own_archive(stand_in, now=NOW).name == "林禾舟"
    number = object_for(stand_in)
    assert [case.number for case in objections.list_own(lin, now=NOW)] == [number]
    own = objections.own_case(lin, number, now=NOW)
    assert [step.is_by_representative for step in own.steps] == [True]
    assert [one.text for one in own.said] == ["金额写错了。"]
    told = [look for look in own_looks(lin) if look.representative]
    assert {(look.role, look.channel, look.is_own, look.body) for look in told} == {
        ("representative:mandate", "represented", False, "")
    }
    assert {look.purpose for look in told} >= {"representation", "own_archive", "objection"}
    assert {archives.words_of_look(look).who for look in told} == {"您的代理人"}
    assert {archives.words_of_look(look).as_whom for look in told} == {"代理人，依您的委托"}
    assert facade.names_of(lin, {look.representative for look in told}, now=NOW) == {wang.key: "望星遥"}
    assert [look for look in own_looks(wang) if look.representative] == []


def test_nothing_beyond_the_scopes_is_decided_for_a_representative(wang: Actor, mandate: Mandate) -> None:
    stand_in = acting(wang, mandate)
    assert {action: stand_in.standing(action) for action in OUTSIDE} == {action: {Role.PUBLIC} for action in OUTSIDE}
    assert frozenset().union(*(one.actions for one in scopes().values())) & set(OUTSIDE) == frozenset()


def test_a_representative_gives_no_consent_shows_nothing_and_sees_neither_looks_nor_consents(
    wang: Actor, mandate: Mandate
) -> None:
    stand_in = acting(wang, mandate)
    refused("A-BEYOND-SCOPE", lambda: consents.list_consents(stand_in, now=NOW))
    refused("A-BEYOND-SCOPE", lambda: presentations.offer(stand_in, now=NOW))
    refused("A-BEYOND-SCOPE", lambda: looks.own_looks(stand_in, now=NOW))
    refused("A-BEYOND-SCOPE", lambda: archives.make_report(stand_in, now=NOW, address_of=str))
    refused("A-BEYOND-SCOPE", lambda: archives.state_own_view(stand_in, line_of(stand_in), text="好", now=NOW))
    refused("A-BEYOND-SCOPE", lambda: offer(stand_in))
    for table in ("consents_authorisation", "archives_report", "audit_event", "notices_notice", "subjects_identifier"):
        assert (table, seen_by(stand_in, table)) == (table, 0)


def test_to_look_is_not_to_object(lin: Actor, wang: Actor) -> None:
    live = facade.accept(wang, offer(lin).id, now=NOW)
    stand_in = acting(wang, live)
    record = line_of(stand_in)
    refused(
        "A-BEYOND-SCOPE",
        lambda: objections.object_to(stand_in, record, ground=Ground.ERROR, words="写错了。", now=NOW),
    )
    objections.object_to(lin, record, ground=Ground.ERROR, words="写错了。", now=NOW)
    assert (seen_by(stand_in, "casework_case"), seen_by(stand_in, "objections_objection")) == (0, 0)
    assert seen_by(stand_in, "records_version") == 1


def test_a_representative_cannot_take_an_objection_back(lin: Actor, wang: Actor, mandate: Mandate) -> None:
    number = object_for(acting(wang, mandate))
    (case,) = objections.list_own(lin, now=NOW)
    refused("A-BEYOND-SCOPE", lambda: objections.take_back(acting(wang, mandate), case.id, now=NOW))
    assert objections.own_case(lin, number, now=NOW).case.state == "checking"
    assert objections.take_back(lin, case.id, now=NOW).state == "taken_back"


def test_the_represented_is_told_that_it_was_accepted(lin: Actor, mandate: Mandate) -> None:
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"):
        served = [one for one in notices.list_for(lin) if one.text == "representation_accepted"]
    assert [one.reference for one in served] == [mandate.number]


@pytest.mark.parametrize("who", ["represented", "holder"])
def test_either_side_ends_it_and_it_ends_at_once(lin: Actor, wang: Actor, mandate: Mandate, who: str) -> None:
    stand_in = acting(wang, mandate)
    assert seen_by(stand_in, "records_version") == 1
    facade.end(lin if who == "represented" else wang, mandate.id, now=NOW)
    assert facade.find_live(wang, mandate.id, mandate.subject_id, now=NOW) is None
    # Whoever still holds the actor in hand, as a request that runs does, reaches nothing either.
    for table in ("records_version", "subjects_name", "subjects_subject_key"):
        assert (table, seen_by(stand_in, table)) == (table, 0)
    refused("REP-ENDED", lambda: facade.begin(wang, mandate.id, now=NOW))
    told = [look.kind for look in own_looks(lin) if look.purpose == "representation"]
    assert told.count("revoke") == 1


def test_nobody_else_ends_it(wang: Actor, mandate: Mandate) -> None:
    stranger = replace(wang, key="account:other", subject_id=UUID(int=7))
    refused("ABSENT", lambda: facade.end(stranger, mandate.id, now=NOW))
    assert facade.find_live(wang, mandate.id, mandate.subject_id, now=NOW) is not None


def test_it_ends_by_itself_at_the_end_of_its_last_day(lin: Actor, wang: Actor) -> None:
    live = facade.accept(wang, offer(lin, days=1).id, now=NOW)
    assert live.ends_on == date(2026, 11, 24)
    assert seen_by(acting(wang, live), "records_version") == 1
    with simulated(NOW + timedelta(days=1)):
        assert seen_by(acting(wang, live), "records_version") == 0
        assert facade.find_live(wang, live.id, live.subject_id, now=NOW + timedelta(days=1)) is None


def test_it_rests_with_the_death_or_the_loss_of_capacity_of_the_represented(wang: Actor, mandate: Mandate) -> None:
    officer = Actor(key="account:officer", roles=frozenset({Role.CASE_OFFICER}), body="YTXY")
    for status in ("deceased", "guardianship", "erased"):
        with access.acting_for(officer, channel=Channel.OFFICE, purpose="oversight"):
            Subject.objects.filter(id=mandate.subject_id).update(status=status)
        assert (status, seen_by(acting(wang, mandate), "records_version")) == (status, 0)
        assert facade.find_live(wang, mandate.id, mandate.subject_id, now=NOW) is None


def test_another_account_of_the_representative_acts_for_nobody(wang: Actor, mandate: Mandate) -> None:
    other = replace(acting(wang, mandate), key="account:other")
    assert seen_by(other, "records_version") == 0


def test_a_representative_never_comes_through_the_persons_own_door(lin: Actor, wang: Actor, mandate: Mandate) -> None:
    context = Context.of(acting(wang, mandate), channel=Channel.SELF, purpose="own_archive")
    assert (context.channel, context.subject_id, context.represented_id) == (
        Channel.REPRESENTED,
        None,
        lin.subject_id,
    )


def test_what_a_mandate_allows_cannot_be_widened_by_sql(lin: Actor, wang: Actor, mandate: Mandate) -> None:
    for changed in (
        {"scopes": ["look", "object", "report"]},
        {"ends_on": date(2036, 1, 1)},
        {"subject_id": wang.subject_id},
    ):
        with (
            access.acting_for(lin, channel=Channel.SELF, purpose="representation"),
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
        ):
            models.Mandate.objects.filter(id=mandate.id).update(**changed)


def test_nobody_makes_a_mandate_for_another(lin: Actor, wang: Actor) -> None:
    row = models.Mandate(
        id=UUID(int=5), number="WT1", subject_id=lin.subject_id, ground="mandate", scopes=["look"], sealed_name=b"x",
        granted_at=NOW, granted_by=wang.key, ends_on=date(2027, 1, 1),
    )  # fmt: skip
    with (
        access.acting_for(wang, channel=Channel.SELF, purpose="representation"),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        row.save(force_insert=True)


def test_a_session_acts_for_another_until_it_is_ended_and_then_is_refused_once(
    lin: Actor, wang: Actor, mandate: Mandate
) -> None:
    browser = sign_in("wang")
    own = browser.get("/me").content.decode()
    assert ("望星遥" in own, "您正在代" in own) == (True, False)
    assert browser.post(f"/me/representation/{mandate.id}/begin").url == "/me"
    page = browser.get("/me").content.decode()
    assert "您正在代林禾舟办理" in page
    assert "/me/objections" in page
    assert "/me/consents" not in page
    assert [address for address in ("/me/reports", "/me/looks") if f'href="{address}"' in page] == []
    line = browser.get(f"/me/records/{line_of(lin)}").content.decode()
    assert ("本人说明" in line, "保存说明" in line) == (True, False)
    case = browser.get(f"/me/objections/{object_for(lin)}").content.decode()
    assert ("补充材料" in case, "take_back" in case) == (True, False)
    for address in ("/me/consents", "/me/presentations", "/me/looks", "/me/reports", "/me/benefits"):
        assert (address, browser.get(address).status_code in {403, 404, 422}) == (address, True)
    assert "您正在代林禾舟办理" in browser.get("/").content.decode()
    facade.end(lin, mandate.id, now=NOW)
    refusal = browser.get("/me")
    assert (refusal.status_code, "REP-ENDED" in refusal.content.decode()) == (403, True)
    after = browser.get("/me").content.decode()
    assert ("望星遥" in after, "您正在代" in after) == (True, False)


def test_a_post_that_comes_after_the_end_does_nothing_for_either(lin: Actor, wang: Actor, mandate: Mandate) -> None:
    browser = sign_in("wang")
    browser.post(f"/me/representation/{mandate.id}/begin")
    record = line_of(lin)
    facade.end(lin, mandate.id, now=NOW)
    answer = browser.post(f"/me/objections/new/{record}", {"ground": "error", "words": "写错了。"})
    assert answer.status_code == 403
    assert objections.list_own(lin, now=NOW) == objections.list_own(wang, now=NOW) == []


def test_the_name_of_the_represented_is_sealed_in_the_session(lin: Actor, wang: Actor, mandate: Mandate) -> None:
    browser = sign_in("wang")
    browser.post(f"/me/representation/{mandate.id}/begin")
    assert "林" not in str(dict(browser.session))
    browser.post("/me/representation/stop")
    assert "acts_for" not in browser.session


def test_the_name_of_who_was_trusted_ends_three_years_after_the_mandate_and_the_mandate_stays(
    lin: Actor, wang: Actor, mandate: Mandate, settings: LazySettings
) -> None:
    settings.LAW_PACK = "national"  # The province's pack is not known that far ahead.
    last = datetime(2029, NOW.month, NOW.day, 2, tzinfo=UTC)
    assert swept("mandate", last + timedelta(days=1)) == 0  # It lasts, and no number of years ends what lasts.
    facade.end(lin, mandate.id, now=NOW)
    assert swept("mandate", last) == 0
    assert swept("mandate", last + timedelta(days=1)) == 1
    with access.acting_for(lin, channel=Channel.SELF, purpose="representation"):
        row = models.Mandate.objects.get(id=mandate.id)
    assert (bytes(row.sealed_name), row.ended_at, row.number) == (b"", NOW, mandate.number)
    page = sign_in("lin").get("/me/representation").content.decode()
    assert "望星遥" not in page
