"""`decide`: the matrix people can read, its edges, and that it survives anything."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from chengxin.access.contracts import Allow, Deny, Obligation, Resource, covers
from chengxin.access.decisions import decide, require
from chengxin.access.identity import representing
from chengxin.access.tables import BadTable, decisions, read_decisions
from chengxin.kernel.actor import ANYONE, Actor, Role
from chengxin.kernel.refusal import Refused
from chengxin.law.facade import check_citation

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
WRITTEN = re.compile(r'\b(?:purpose=\s*|[A-Z_]*PURPOSE(?:: Final)? = )"(\w+)"')
MATRIX = yaml.safe_load((Path(__file__).parent / "cases" / "decisions.yaml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Consent:
    items: frozenset[str] = frozenset({"penalty"})
    until: datetime = NOON + timedelta(days=1)
    revoked_at: datetime | None = None
    reference: str = "SQ-1"


def subject(number: int | None) -> UUID | None:
    return UUID(int=number) if number else None


def actor(row: dict) -> Actor:
    return Actor(
        key=row["key"],
        roles=frozenset(Role(role) for role in row["roles"]),
        body=row.get("body", ""),
        area=row.get("area", ""),
        subject_id=subject(row.get("subject")),
    )


def resource(row: dict) -> Resource:
    return Resource(
        kind=row.get("kind", ""),
        body=row.get("body", ""),
        area=row.get("area", ""),
        parties=frozenset(row.get("parties", ())),
        subject_id=subject(row.get("subject")),
        item_code=row.get("item", ""),
        source_bodies=frozenset(row.get("sources", ())),
        proposed_by=row.get("proposed_by", ""),
        is_public=row.get("public", False),
    )


ACTORS = {name: actor(row) for name, row in MATRIX["actors"].items()}
RESOURCES = {name: resource(row) for name, row in MATRIX["resources"].items()}
CELLS = [
    pytest.param(row, name, id=f"{row['action']}-{row['resource']}-{row['purpose']}-{name}")
    for row in MATRIX["tests"]
    for name in ACTORS
]


@pytest.mark.clause("P4.1a")
@pytest.mark.parametrize(("row", "name"), CELLS)
def test_the_matrix_holds(row: dict, name: str) -> None:
    answer = decide(
        ACTORS[name], action=row["action"], resource=RESOURCES[row["resource"]], purpose=row["purpose"], now=NOON
    )
    assert isinstance(answer, Allow) is (name in row["allow"]), answer
    if code := row.get("codes", {}).get(name):
        assert isinstance(answer, Deny)
        assert answer.refusal.code == code


def test_every_action_of_the_table_is_in_the_matrix() -> None:
    tested = {row["action"] for row in MATRIX["tests"]}
    untested = decisions().rules.keys() - tested
    assert untested == {"case.open", "looks.read_own", "quality.read", "report.verify", "statement.write"}


FRESH = {"looks.read_own", "export.make", "repair.file", "consent.lift_freeze", "access.reset_factor"}
FRESH |= {"emergency.ask", "emergency.open", "representation.grant", "representation.apply", "commitment.sign"}


def test_every_purpose_the_source_writes_into_the_log_has_words_for_the_person_it_is_about() -> None:
    source = Path(__file__).parents[2]
    files = [file for file in source.rglob("*.py") if not {"tests", "demo"} & set(file.parts)]
    written = {code for file in files for code in WRITTEN.findall(file.read_text(encoding="utf-8"))}
    assert {"record_keeping", "sign_in"} <= written
    assert written - decisions().purposes.keys() == set()


@pytest.mark.parametrize("row", MATRIX["tests"], ids=lambda row: f"{row['action']}-{row['resource']}-{row['purpose']}")
def test_an_old_proof_is_denied_what_asks_for_a_fresh_one_and_nothing_else(row: dict) -> None:
    for name in row["allow"]:
        answer = decide(
            replace(ACTORS[name], owes_proof=True),
            action=row["action"],
            resource=RESOURCES[row["resource"]],
            purpose=row["purpose"],
            now=NOON,
        )
        code = answer.refusal.code if isinstance(answer, Deny) else ""
        assert code == ("A-PROVE-AGAIN" if row["action"] in FRESH else ""), (row, name)
    assert {action for action, rules in decisions().rules.items() if any(r.needs_fresh_proof for r in rules)} == FRESH


def test_who_acts_for_another_stands_in_for_the_citizen_in_their_scope_and_nowhere_else() -> None:
    thing, other = RESOURCES["lins_record"], replace(RESOURCES["lins_record"], subject_id=UUID(int=9))
    scope = frozenset({"record.read_own", "batch.approve", "audit.read"})
    stand_in = representing(ACTORS["zhou"], thing.subject_id, scope=scope, ground="mandate")
    assert (stand_in.roles, stand_in.body, stand_in.area) == ({Role.REPRESENTATIVE}, "", "")
    halls = {
        ground: representing(ACTORS["window"], thing.subject_id, scope=scope, ground=ground).hall
        for ground in ("counter", "mandate", "guardian")
    }
    assert halls == {"counter": "3901-DT", "mandate": "", "guardian": ""}

    def code(action: str, resource: Resource, purpose: str) -> str:
        answer = decide(stand_in, action=action, resource=resource, purpose=purpose, now=NOON)
        return answer.refusal.code if isinstance(answer, Deny) else ""

    assert code("record.read_own", thing, "own_archive") == ""
    assert code("record.read_own", other, "own_archive") == "ABSENT"
    assert code("statement.write", thing, "own_archive") == "A-BEYOND-SCOPE"
    assert code("presentation.make", thing, "presentation") == "A-BEYOND-SCOPE"
    # A scope cannot add what a citizen may not do.
    assert code("audit.read", RESOURCES["city"], "audit") == "A-BEYOND-SCOPE"
    assert code("catalogue.read", thing, "public_viewing") == ""


def test_whoever_may_not_is_never_asked_for_a_proof() -> None:
    tired = replace(ACTORS["zhou"], owes_proof=True)
    thing = RESOURCES["lins_record"]
    answer = decide(tired, action="looks.read_own", resource=thing, purpose="own_archive", now=NOON)
    assert isinstance(answer, Deny)
    assert answer.refusal.code == "ABSENT"


def test_who_is_nobody_yet_is_told_to_sign_in_and_a_stranger_is_not() -> None:
    for actor, code in ((ANYONE, "SIGN_IN_REQUIRED"), (ACTORS["window"], "A-NO-RIGHT")):
        with pytest.raises(Refused) as refused:
            require(actor, action="grant.read", resource=RESOURCES["city"], purpose="oversight", now=NOON)
        assert refused.value.refusal.code == code


def test_the_outsider_is_allowed_nothing_that_is_not_public() -> None:
    open_to_all = {"catalogue.read", "report.verify", "record.read_public", "benefit.redeem"}
    for action in decisions().rules.keys() - open_to_all:
        for name, thing in RESOURCES.items():
            for purpose in decisions().purposes:
                answer = decide(ACTORS["outsider"], action=action, resource=thing, purpose=purpose, now=NOON)
                assert isinstance(answer, Deny), (action, name, purpose)


def test_redline_06_no_query_is_answered_without_purpose_or_authorisation() -> None:
    record = RESOURCES["lins_record"]
    program = ACTORS["program"]
    for purpose in ("", " ", "filing "):
        answer = decide(program, action="record.query", resource=record, purpose=purpose, now=NOON)
        assert isinstance(answer, Deny)
        assert answer.refusal.code == "A-NO-PURPOSE"
    for consent, code in (
        (None, "A-NO-AUTHORISATION"),
        (Consent(items=frozenset({"licence"})), "A-NO-AUTHORISATION"),
        (Consent(until=NOON), "A-AUTHORISATION-ENDED"),
        (Consent(revoked_at=NOON), "A-AUTHORISATION-ENDED"),
    ):
        answer = decide(
            program,
            action="record.query",
            resource=record,
            purpose="authorised_query",
            now=NOON,
            authorisation=consent,
        )
        assert isinstance(answer, Deny)
        assert answer.refusal.code == code


def test_a_live_consent_allows_and_says_what_else_must_be_done() -> None:
    answer = decide(
        ACTORS["program"],
        action="record.query",
        resource=RESOURCES["lins_record"],
        purpose="authorised_query",
        now=NOON,
        basis=("SH/17",),
        authorisation=Consent(),
    )
    assert isinstance(answer, Allow)
    assert answer.obligations == {Obligation.LOG, Obligation.NOTIFY, Obligation.RATE_LIMIT}
    assert answer.basis == ("PIPL/13", "PIPL/23", "SH/17")


def test_masks_and_fields_come_from_the_table() -> None:
    filed = decide(
        ACTORS["clerk"], action="record.read_filed", resource=RESOURCES["lins_record"], purpose="filing", now=NOON
    )
    shown = decide(
        ACTORS["anyone"],
        action="record.read_public",
        resource=RESOURCES["public_record"],
        purpose="public_viewing",
        now=NOON,
    )
    assert isinstance(filed, Allow)
    assert isinstance(shown, Allow)
    assert (filed.fields, filed.is_masked) == ("*", True)
    assert (shown.fields, shown.is_masked) == ("public", True)


@settings(max_examples=300, deadline=None)
@given(
    key=st.text(max_size=12),
    roles=st.frozensets(st.sampled_from(Role)),
    body=st.text(max_size=6),
    action=st.one_of(st.text(max_size=10), st.sampled_from(sorted(decisions().rules))),
    purpose=st.one_of(st.text(max_size=10), st.sampled_from(sorted(decisions().purposes))),
    owner=st.text(max_size=6),
)
def test_it_always_answers_and_never_allows_across_bodies(  # noqa: PLR0917
    key: str, roles: frozenset[Role], body: str, action: str, purpose: str, owner: str
) -> None:
    someone = Actor(key=key, roles=roles, body=body)
    thing = Resource(body=owner, source_bodies=frozenset({owner}), parties=frozenset({owner}), proposed_by="x")
    answer = decide(someone, action=action, resource=thing, purpose=purpose, now=NOON)
    assert isinstance(answer, Allow | Deny)
    rows = decisions().rules.get(action, ())
    bound = rows and all(set(row.relations) & {"own_body", "party", "source_body"} for row in rows)
    if bound and body != owner:
        assert isinstance(answer, Deny)


def test_nothing_covers_an_unknown_area() -> None:
    assert covers("39", "390101")
    assert not covers("390101", "39")
    assert not covers("", "39")
    assert not covers("39", "")


def test_every_purpose_stands_on_articles_of_the_index() -> None:
    for purpose in decisions().purposes.values():
        assert purpose.zh
        assert purpose.en
        for citation in purpose.basis:
            check_citation(citation)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("- {action: a, roles: [clerk], relations: [friend], purposes: [filing]}", "friend"),
        ("- {action: a, roles: [clerk], relations: [own_body], purposes: [fun]}", "fun"),
        ("- {action: a, roles: [], relations: [own_body], purposes: [filing]}", "needs roles"),
        ("- {action: a, roles: [clerk], relations: [], purposes: [filing]}", "needs roles"),
        ("- {action: a, roles: [clerk], relations: [own_body], purposes: [filing], but: x}", "but"),
        ("- {action: a, roles: [clerk], relations: [own_body], purposes: [filing], fields: some}", "fields"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(row: str, says: str) -> None:
    purposes = "- {code: filing, zh: 报送, en: Filing, basis: [PIPL/34]}"
    with pytest.raises(BadTable, match=says):
        read_decisions(row, purposes)
