"""The one question, gate by gate: each row changes one fact of a record that may leave, and names the refusal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from chengxin.catalogue.contracts import Disclosure, Nature
from chengxin.consents.contracts import Authorisation
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.records.contracts import Channel, Lineage, MarkKind, MarkSet, Provenance, Record
from chengxin.records.facade import why_not_usable

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
ON = date(2026, 11, 23)
ONE = UUID(int=1)
RECORD = Record(
    subject_id=ONE,
    record_id=ONE,
    version=1,
    item_code="penalty",
    item_version=1,
    subject_kind=SubjectKind.LEGAL_PERSON,
    body="YTSJ",
    nature=Nature.ADVERSE,
    provenance=Provenance.DETERMINED,
    severity="general",
    disclosure=frozenset(Disclosure),
    content={},
    sealed=None,
    content_digest=b"",
    document_key="",
    ended_act_on=None,
    determined_on=date(2026, 10, 1),
    notified_on=date(2026, 10, 8),
    valid_until=None,
    not_public_because="",
    publicity_starts_on=date(2026, 10, 8),
    publicity_ends_on=date(2027, 10, 2),
    earliest_repair_on=None,
    query_ends_on=date(2031, 10, 2),
    use_ends_on=date(2031, 10, 2),
    retain_until=date(2031, 10, 2),
    published_at=AT,
    superseded_at=None,
    reason="",
    lineage=Lineage(batch_id=ONE, row_number=2, body="YTSJ", accepted_at=AT),
)
CONSENT = Authorisation(
    reference="SQ-1", basis=("ZJ/19",), items=frozenset({"penalty"}), until=AT + timedelta(seconds=1)
)
OUTSIDE = [Channel.PUBLIC, Channel.SHARED, Channel.AUTHORISED, Channel.MEASURE, Channel.LISTED]


def code(channel: Channel, authorisation: Authorisation | None = CONSENT, **facts: Any) -> str | None:
    refusal = why_not_usable(replace(RECORD, **facts), channel=channel, at=AT, authorisation=authorisation)
    return refusal.code if refusal else None


def marked(kind: MarkKind) -> dict[str, Any]:
    return {"marks": (MarkSet(kind=kind, set_at=AT, reason="试验"),)}


@pytest.mark.parametrize("channel", list(Channel))
def test_a_record_in_its_time_leaves_by_every_channel(channel: Channel) -> None:
    assert code(channel) is None


@pytest.mark.parametrize("channel", list(Channel))
def test_a_superseded_version_leaves_by_none(channel: Channel) -> None:
    assert code(channel, superseded_at=AT) == "R-SUPERSEDED"


@pytest.mark.parametrize("channel", list(Channel))
def test_from_the_day_after_retention_nothing_leaves(channel: Channel) -> None:
    assert code(channel, retain_until=ON) == "R-RETENTION"


@pytest.mark.parametrize("kind", [MarkKind.WITHDRAWN, MarkKind.REPAIRED, MarkKind.FROZEN])
@pytest.mark.parametrize("channel", OUTSIDE)
def test_redline_13_withdrawn_repaired_and_frozen_leave_no_more(channel: Channel, kind: MarkKind) -> None:
    assert code(channel, **marked(kind)) == "R-MARKED"
    assert code(Channel.SELF, **marked(kind)) is None


def test_redline_14_no_new_measure_while_an_objection_stands() -> None:
    assert code(Channel.MEASURE, **marked(MarkKind.OBJECTION)) == "R-OBJECTION"
    assert code(Channel.MEASURE, nature=Nature.FAVOURABLE, **marked(MarkKind.OBJECTION)) is None
    assert code(Channel.PUBLIC, **marked(MarkKind.OBJECTION)) is None


@pytest.mark.parametrize("channel", OUTSIDE)
@pytest.mark.parametrize("provenance", [Provenance.LEAD, Provenance.TIP])
def test_a_lead_or_tip_is_never_public_or_used(channel: Channel, provenance: Provenance) -> None:
    assert code(channel, provenance=provenance) == "R-PROVENANCE"


def test_redline_15_a_person_is_never_public() -> None:
    assert code(Channel.PUBLIC, subject_kind=SubjectKind.NATURAL_PERSON) == "R-PERSON"


def test_what_a_gate_bars_is_never_public() -> None:
    assert code(Channel.PUBLIC, not_public_because="MINOR_NOT_PUBLISHED") == "MINOR_NOT_PUBLISHED"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"published_at": None}, "R-NOT-PUBLISHED"),
        ({"publicity_starts_on": None}, "R-NOT-PUBLISHED"),
        ({"publicity_starts_on": ON + timedelta(days=1)}, "R-NOT-PUBLISHED"),
        ({"publicity_starts_on": ON}, None),
        ({"publicity_ends_on": ON}, "R-PUBLICITY-ENDED"),
        ({"publicity_ends_on": ON + timedelta(days=1)}, None),
        ({"publicity_ends_on": None}, None),
    ],
)
def test_publicity_holds_from_its_first_to_its_last_day(facts: dict[str, Any], expected: str | None) -> None:
    assert code(Channel.PUBLIC, **facts) == expected


def test_redline_19_nothing_adverse_is_public_before_notice() -> None:
    assert code(Channel.PUBLIC, notified_on=None) == "R-NOT-NOTIFIED"
    assert code(Channel.PUBLIC, notified_on=None, nature=Nature.BASIC) is None


@pytest.mark.parametrize("channel", [Channel.SHARED, Channel.AUTHORISED])
def test_query_ends_on_its_day(channel: Channel) -> None:
    assert code(channel, query_ends_on=ON) == "R-QUERY-ENDED"
    assert code(channel, query_ends_on=ON + timedelta(days=1)) is None


def test_use_as_a_basis_ends_on_its_day() -> None:
    assert code(Channel.MEASURE, use_ends_on=ON) == "R-USE-ENDED"


@pytest.mark.parametrize("channel", [Channel.SHARED, Channel.AUTHORISED, Channel.MEASURE])
def test_redline_06_without_a_live_authorisation_nothing_is_answered(channel: Channel) -> None:
    assert code(channel, authorisation=None) == "R-NOT-AUTHORISED"
    assert code(channel, authorisation=replace(CONSENT, items=frozenset({"licence"}))) == "R-NOT-AUTHORISED"
    assert code(channel, authorisation=replace(CONSENT, until=AT)) == "R-AUTHORISATION-ENDED"
    assert code(channel, authorisation=replace(CONSENT, revoked_at=AT)) == "R-AUTHORISATION-ENDED"


@pytest.mark.parametrize(
    ("channel", "mode"),
    [
        (Channel.PUBLIC, Disclosure.PUBLIC),
        (Channel.SHARED, Disclosure.SHARED),
        (Channel.AUTHORISED, Disclosure.AUTHORISED),
        (Channel.SELF, Disclosure.SELF),
    ],
)
def test_a_mode_the_catalogue_does_not_name_is_no_way_out(channel: Channel, mode: Disclosure) -> None:
    assert code(channel, disclosure=frozenset(Disclosure) - {mode}) == "R-MODE"


def test_an_entry_stands_on_its_list_until_its_last_day_and_no_longer() -> None:
    assert code(Channel.LISTED, None, valid_until=ON) is None
    assert code(Channel.LISTED, None, valid_until=ON - timedelta(days=1)) == "R-LIST-ENDED"
    assert code(Channel.LISTED, None, use_ends_on=ON) == "R-USE-ENDED"
    assert code(Channel.PUBLIC, valid_until=ON - timedelta(days=1)) is None
