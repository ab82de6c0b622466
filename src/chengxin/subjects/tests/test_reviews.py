from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from chengxin.access import facade as access
from chengxin.access.contracts import Body
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Kind, Search
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Taken
from chengxin.database.contracts import Channel, Context
from chengxin.database.facade import acting
from chengxin.kernel.actor import Actor, Role, platform
from chengxin.kernel.identifiers import IdentifierKind
from chengxin.kernel.refusal import Refused
from chengxin.retention.tests.test_retention import swept
from chengxin.subjects import actions, facade, models
from chengxin.subjects.contracts import Review
from chengxin.subjects.tests.claims import FIRM, LAN, MU, claims
from chengxin.subjects.tests.conftest import CLERK, NOW, OFFICER

LATER = NOW + timedelta(days=1)
PASSPORT = "E12345678"


def file(*rows: tuple[str, str]) -> list[UUID | None]:
    with acting(Context.of(CLERK, channel=Channel.INTAKE, purpose="filing")):
        frame = facade.resolve_many(claims(*rows), now=NOW, actor=CLERK)
    return [UUID(hex=one) if one else None for one in frame["subject_id"]]


def taken(review: Review, *, actor: Actor = OFFICER, reasons: str = "核对原件") -> Any:
    case = SimpleNamespace(ref=SimpleNamespace(id=str(review.id)))
    return Taken(case=case, verb="x", actor=actor, at=LATER, reasons=reasons, evidence=())  # type: ignore[arg-type]


def officer_acts() -> Any:
    return acting(Context.of(OFFICER, channel=Channel.BODY, purpose="identity_review"))


def side_by_side(first: UUID, second: UUID) -> Review:
    return facade.open_review(
        first, other_subject_id=second, source="case-1", reasons="同名同日", actor=OFFICER, now=NOW
    )


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.refusal.code


@pytest.mark.clause("P3.1a")
def test_an_accepted_name_becomes_current_and_the_old_one_former(db: None) -> None:
    (known,) = file((LAN, "沐岚"))
    file((LAN, "沐兰"))
    with officer_acts():
        (review,) = facade.list_open_reviews()
        actions.accept_name(taken(review))
        names = facade.list_names(known)
        assert [name.is_current for name in names] == [True, False]
        assert facade.list_open_reviews() == []
    assert file((LAN, "沐兰"), (LAN, "沐岚")) == [known, known]


def test_a_renamed_operator_is_found_by_both_names(db: None) -> None:
    file((FIRM, "云汀沐岚贸易有限公司"))
    file((FIRM, "云汀慕川商贸有限公司"))
    with officer_acts():
        actions.accept_name(taken(facade.list_open_reviews()[0]))
    (now_found,) = facade.search_operators("慕川商贸")
    assert (now_found.name, now_found.former_names) == ("云汀慕川商贸有限公司", ("云汀沐岚贸易有限公司",))
    assert facade.search_operators("沐嵐貿易") == [now_found]


def test_a_claim_kept_apart_stays_held_and_comes_to_no_desk_again(db: None) -> None:
    file((LAN, "沐岚"))
    file((LAN, "慕川"))
    with officer_acts():
        actions.keep_apart(taken(facade.list_open_reviews()[0]))
    assert file((LAN, "慕川")) == [None]
    with officer_acts():
        assert facade.list_open_reviews() == []


@pytest.mark.clause("P3.1a")
def test_two_numbers_of_one_person_are_joined_by_a_link_and_parted_again(db: None) -> None:
    first, second = file((LAN, "沐岚"), (PASSPORT, "沐岚"))
    with officer_acts():
        review = side_by_side(second, first)
        actions.merge(taken(review))
    assert file((PASSPORT, "沐岚"), (LAN, "沐岚")) == [first, first]
    with officer_acts():
        assert facade.find_by_number(IdentifierKind.PASSPORT, PASSPORT).id == first
        assert models.Identifier.objects.filter(subject_id=second).count() == 1
        facade.undo_merge(review.id, reasons="护照号录错", actor=OFFICER, now=LATER)
        assert facade.get_review(review.id).state == "undone"
    assert file((PASSPORT, "沐岚"), (LAN, "沐岚")) == [second, first]


@pytest.mark.clause("P3.1a")
def test_two_valid_id_numbers_are_never_merged(db: None) -> None:
    first, second = file((LAN, "沐岚"), (MU, "沐岚"))
    with officer_acts():
        review = side_by_side(first, second)
        with pytest.raises(Refused) as refused:
            actions.merge(taken(review))
        assert code_of(refused) == "E-SUB-11"
        assert facade.get_review(review.id).state == "open"
        assert models.Subject.objects.filter(merged_into__isnull=False).count() == 0


@pytest.mark.parametrize("actor", [platform("matcher"), CLERK])
def test_nobody_but_a_named_officer_decides(db: None, actor: Actor) -> None:
    file((LAN, "沐岚"))
    file((LAN, "慕川"))
    with officer_acts():
        (review,) = facade.list_open_reviews()
        for verb in (actions.merge, actions.keep_apart, actions.accept_name):
            with pytest.raises(Refused) as refused:
                verb(taken(review, actor=actor))
            assert code_of(refused) == "E-SUB-24"
            with pytest.raises(Refused) as refused:
                verb(taken(review, reasons=" "))
            assert code_of(refused) == "E-SUB-25"
        assert facade.get_review(review.id).state == "open"


def test_row_security_stops_a_decision_by_whoever_is_no_officer(db: None) -> None:
    file((LAN, "沐岚"))
    file((LAN, "慕川"))
    clerk = Actor(key="clerk", roles=frozenset({Role.CLERK}), body="3900-market")
    with acting(Context.of(clerk, channel=Channel.BODY, purpose="identity_review")):
        assert models.Review.objects.update(state="kept_apart", decided_at=NOW) == 0


def test_a_decision_is_an_event_the_person_sees(db: None) -> None:
    (known,) = file((LAN, "沐岚"))
    file((LAN, "慕川"))
    with officer_acts():
        actions.keep_apart(taken(facade.list_open_reviews()[0]))
    citizen = Actor(key="citizen-lan", roles=frozenset({Role.CITIZEN}), subject_id=known)
    with acting(Context.of(citizen, channel=Channel.SELF, purpose="own_archive")):
        decided, missed = audit.list_looks(known)
        assert decided.categories == ("identity_review",)
        assert (missed.kind, missed.reason, missed.count) == (Kind.CANDIDATE, Search.NUMBER, 0)


@pytest.mark.clause("P3.1a")
def test_the_review_is_a_case_of_the_credit_office_and_its_verb_decides_it(db: None) -> None:
    admin = Actor(key="admin", roles=frozenset({Role.SYSTEM_ADMIN}), body="3900-credit", area="39")
    office = Body(
        code="3900-credit",
        name_zh="省信用办",
        name_en="Credit office",
        uscc="",
        area="39",
        level="province",
        fields_of_work=(),
        parent="",
        is_credit_office=True,
    )
    access.open_bodies([office], actor=admin, now=NOW)
    file((LAN, "沐岚"))
    file((LAN, "慕川"))
    with officer_acts():
        (review,) = facade.list_open_reviews()
        case = casework.take(review.case_id, verb="keep_apart", actor=OFFICER, now=LATER, reasons="不是一人")
        assert (case.body, case.state, case.is_closed) == ("3900-credit", "kept_apart", True)
        decided = facade.get_review(review.id)
        assert (decided.state, decided.decided_by, decided.decision_reasons) == (
            "kept_apart",
            OFFICER.key,
            "不是一人",
        )


def test_a_claimed_name_is_emptied_three_years_after_the_decision_and_the_same_claim_still_stays_out(
    db: None, settings: Any
) -> None:
    file((LAN, "沐岚"))
    file((LAN, "慕川"))
    settings.LAW_PACK = "national"  # The province's pack is not known that far ahead.
    after = LATER.replace(year=LATER.year + 3) + timedelta(days=1)
    assert swept("identity_claim", after) == 0, "It is open: the claim is needed."
    with officer_acts():
        (review,) = facade.list_open_reviews()
        with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
            models.Review.objects.update(claimed_sealed=b"")
        actions.keep_apart(taken(review))
    assert swept("identity_claim", after - timedelta(days=1)) == 0
    assert swept("identity_claim", after) == 1
    with officer_acts():
        kept = models.Review.objects.get(id=review.id)
    assert (bytes(kept.claimed_sealed or b"x"), kept.decision_reasons) == (b"x", "核对原件")
    assert kept.claimed_sealed is not None
    assert file((LAN, "慕川")) == [None]
    assert swept("identity_claim", after) == 0
