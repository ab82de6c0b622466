"""A purpose rule comes to `decide` as a value: it narrows, it never widens, and its duties are owed by the caller."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chengxin.access import rules
from chengxin.access.contracts import Allow, Deny, Obligation, Resource
from chengxin.access.facade import Unhonoured, honouring
from chengxin.access.tables import read_decisions
from chengxin.access.tests.test_decisions import NOON, Consent
from chengxin.kernel.actor import Actor, Role

PURPOSES = (Path(rules.__file__).parent / "purposes.yaml").read_text(encoding="utf-8")
TABLE = read_decisions(
    """
- action: person.query
  roles: [case_officer]
  relations: [jurisdiction]
  purposes: [statutory_query]
  needs_purpose_rule: true
- {action: person.peek, roles: [case_officer], relations: [jurisdiction], purposes: [statutory_query], fields: state}
""",
    PURPOSES,
)
OFFICER = Actor(key="account:o", roles=frozenset({Role.CASE_OFFICER}), body="3901-SC", area="3901")
LIN = UUID(int=1)
RECORD = Resource(item_code="penalty", area="390102", subject_id=LIN)


@dataclass(frozen=True)
class Row:
    reference: str = "YT-01"
    purpose: str = "statutory_query"
    items: frozenset[str] = frozenset({"penalty"})
    fields: frozenset[str] = frozenset({"document_number"})
    needs_consent: bool = False
    needs_case: bool = False
    data_life_days: int | None = 30
    notifies: bool = True


@dataclass(frozen=True)
class Matter:
    number: str = "AJ-1"
    parties: frozenset[str] = field(default_factory=lambda: frozenset({"3901-SC"}))
    is_closed: bool = False
    subject_id: UUID | None = LIN


def decide(rule=None, *, resource=RECORD, actor=OFFICER, action="person.query", case=None, consent=None):
    return rules.decide(
        actor,
        action=action,
        resource=resource,
        purpose="statutory_query",
        now=NOON,
        table=TABLE,
        purpose_rule=rule,
        case=case,
        authorisation=consent,
    )


def code_of(answer):
    return answer.refusal.code if isinstance(answer, Deny) else "allow"


@pytest.mark.clause("P4.1a")
@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (None, "A-NO-PURPOSE-RULE"),
        (Row(purpose="filing"), "A-NO-PURPOSE-RULE"),
        (Row(items=frozenset({"licence"})), "A-NO-PURPOSE-RULE"),
        (Row(items=frozenset()), "A-NO-PURPOSE-RULE"),
        (Row(needs_consent=True), "A-NO-AUTHORISATION"),
        (Row(needs_case=True), "A-NO-CASE"),
        (Row(), "allow"),
    ],
)
def test_redline_06_without_a_purpose_rule_that_fits_nothing_is_opened(rule, code):
    assert code_of(decide(rule)) == code


def test_a_rule_narrows_the_fields_and_says_what_is_owed():
    answer = decide(Row())
    assert isinstance(answer, Allow)
    assert answer.opens("document_number")
    assert not answer.opens("name")
    assert answer.delete_by == NOON + timedelta(days=30)
    assert answer.obligations == {Obligation.LOG, Obligation.NOTIFY, Obligation.WATERMARK, Obligation.DELETE_BY}


def test_a_rule_never_opens_more_than_the_table():
    answer = decide(Row(), action="person.peek")
    assert isinstance(answer, Allow)
    assert not answer.opens("document_number")


def test_a_rule_without_copies_owes_no_deletion_and_one_that_is_silent_no_notice():
    answer = decide(Row(data_life_days=None, notifies=False, fields=frozenset()))
    assert isinstance(answer, Allow)
    assert (answer.obligations, answer.delete_by, answer.only) == ({Obligation.LOG}, None, None)


@pytest.mark.parametrize(
    ("case", "code"),
    [
        (Matter(), "allow"),
        (Matter(is_closed=True), "A-NO-CASE"),
        (Matter(parties=frozenset({"3902-XX"})), "A-NO-CASE"),
        (Matter(subject_id=UUID(int=2)), "A-NO-CASE"),
        (Matter(subject_id=None), "allow"),
    ],
)
def test_only_an_open_case_of_ones_own_about_this_person_carries_a_look(case, code):
    assert code_of(decide(Row(needs_case=True), case=case)) == code


def test_a_false_case_spoils_a_look_that_needed_none():
    assert code_of(decide(Row(), case=Matter(is_closed=True))) == "A-NO-CASE"


def test_a_consent_asked_for_by_the_rule_must_live():
    rule = Row(needs_consent=True)
    assert code_of(decide(rule, consent=Consent())) == "allow"
    assert code_of(decide(rule, consent=Consent(revoked_at=NOON))) == "A-AUTHORISATION-ENDED"


@pytest.mark.parametrize("area", ["", "3902", "39", "390"])
def test_another_area_looks_absent_whatever_the_rule_says(area):
    assert code_of(decide(Row(), resource=replace(RECORD, area=area))) == "ABSENT"


@settings(max_examples=200, deadline=None)
@given(
    consent=st.booleans(),
    case=st.booleans(),
    life=st.one_of(st.none(), st.integers(0, 400)),
    names=st.frozensets(st.sampled_from(["name", "document_number", "amount"])),
    item=st.sampled_from(["penalty", "licence", ""]),
    has_rule=st.booleans(),
)
def test_it_always_answers_and_whatever_it_allows_lies_inside_the_rule(  # noqa: PLR0917
    consent, case, life, names, item, has_rule
):
    rule = Row(needs_consent=consent, needs_case=case, data_life_days=life, fields=names) if has_rule else None
    answer = decide(rule, resource=replace(RECORD, item_code=item))
    assert isinstance(answer, Allow | Deny)
    if isinstance(answer, Allow):
        assert rule is not None
        assert not consent
        assert not case
        assert item == "penalty"
        assert {name for name in ("name", "document_number", "amount") if answer.opens(name)} <= (
            names or {"name", "document_number", "amount"}
        )
        assert (Obligation.DELETE_BY in answer.obligations) is (life is not None)


def test_who_forgets_an_obligation_takes_the_act_back():
    allow = decide(Row())
    assert isinstance(allow, Allow)
    with pytest.raises(Unhonoured, match="delete_by, notify"), honouring(allow) as duties:
        duties.done(Obligation.LOG, Obligation.WATERMARK)
    with honouring(allow) as duties:
        duties.done(Obligation.LOG, Obligation.WATERMARK, Obligation.NOTIFY, Obligation.DELETE_BY)


def test_an_act_that_fails_says_so_and_not_that_it_owes():
    allow = decide(Row())
    assert isinstance(allow, Allow)
    with pytest.raises(ZeroDivisionError), honouring(allow):
        raise ZeroDivisionError
