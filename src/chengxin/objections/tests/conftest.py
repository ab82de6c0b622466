"""Lin with one line, a firm with a public one, their source, and the credit office over it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.access.contracts import Body
from chengxin.archives.tests.conftest import accept, bank, citizen, ground, hand_in, lin, market, shop
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case
from chengxin.consents.contracts import Authorisation
from chengxin.database.contracts import Channel
from chengxin.intake.tests.conftest import NOW, SETUP, Office
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import simulated
from chengxin.objections import facade
from chengxin.objections.contracts import Ground
from chengxin.records import facade as records
from chengxin.records.contracts import Channel as Way
from chengxin.records.contracts import Record

__all__ = ["accept", "bank", "citizen", "ground", "hand_in", "lin", "market", "shop"]
PNG = b"\x89PNG\r\n\x1a\n" + b"a photo of a paper"


class Photo:
    """A file as a phone sends it."""

    def __init__(self, content: bytes = PNG) -> None:
        self.content, self.size = content, len(content)

    def chunks(self) -> Iterator[bytes]:
        yield self.content


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with simulated(NOW):
        yield


@world
def office(market: Office) -> tuple[Actor, Actor]:
    """Return two case officers of the credit office over the market regulator."""
    access.open_bodies(
        [
            Body(
                code="YTXY",
                name_zh="云汀市信用办公室",
                name_en="Yunting Credit Office",
                uscc="91390100MA0000016L",
                area="3901",
                level="city",
                fields_of_work=(),
                parent="",
                is_credit_office=True,
            )
        ],
        actor=SETUP,
        now=NOW,
    )
    return officer("xy-first", "YTXY"), officer("xy-second", "YTXY")


def officer(username: str, body: str, *roles: Role) -> Actor:
    """Open an account with posts for a body."""
    account = access.open_account(username, actor=SETUP, now=NOW)
    for role in roles or (Role.CASE_OFFICER,):
        access.give_post(account.id, body=body, role=role, actor=SETUP, now=NOW, starts_on=date(2020, 1, 1))
    opened = access.find_account_by_id(account.id, on=NOW.date())
    assert opened is not None
    return access.actor_for_account(opened, on=NOW.date(), body=body)


@world
def boss(lin: Actor) -> Actor:
    """Return the account of the firm whose penalty is public."""
    with access.acting_for(SETUP, channel=Channel.JOB, purpose="filing"):
        from chengxin.subjects import facade as subjects

        firm = subjects.find_operator("91390100MA0000015M")
    assert firm is not None
    access.open_account("boss", actor=SETUP, now=NOW, subject_id=firm.id)
    opened = access.find_account("boss", on=NOW.date())
    assert opened is not None
    return access.actor_for_account(opened, on=NOW.date())


def record_of(actor: Actor) -> Record:
    """Return the one record of a subject, as it sees it."""
    assert actor.subject_id is not None
    with access.acting_for(actor, channel=Channel.SELF, purpose="own_archive"):
        (record,) = records.list_of_subject(actor.subject_id)
    return record


def object_to(actor: Actor, *, papers: int = 1, words: str = "罚款是同名的人的，不是我的。", **given: object) -> Case:
    """Object to the one line of a subject, with a paper."""
    kept = casework.keep_papers([Photo(PNG + bytes([place])) for place in range(papers)])
    told: dict = {"ground": Ground.ERROR, "words": words, "papers": kept, "now": NOW} | given
    return facade.object_to(actor, record_of(actor).record_id, **told)


def read(case: Case, *officers: Actor) -> None:
    """Let officers open every paper of a case."""
    for actor in officers:
        with access.acting_for(actor, channel=Channel.BODY, purpose="case_handling"):
            for digest in casework.papers_of(case.id):
                casework.open_evidence(case.id, digest=digest, actor=actor, now=NOW)


def decide(case: Case, verb: str, first: Actor, second: Actor, *, now=NOW, why: str = "") -> Case:
    """Let one officer propose and another decide; both read the papers first and write their own reasons."""
    read(case, first, second)
    propose = f"propose_{verb}"
    casework.carry_out(case.id, verb=propose, actor=first, now=now, reasons=f"{why}{case.number}：核对了案卷。")
    return casework.carry_out(
        case.id, verb=verb, actor=second, now=now, reasons=f"{why}{case.number}：看过全部材料，同意。"
    )


def is_used(record: Record, way: Way, *, now=NOW) -> bool:
    permission = Authorisation(
        reference="T-1", basis=("PIPL/13",), items=frozenset({record.item_code}), until=now.replace(year=2030)
    )
    return records.usable(record, channel=way, at=now, authorisation=permission)


def case_seen_by(actor: Actor, case_id: UUID) -> Case:
    channel = Channel.SELF if actor.subject_id else Channel.BODY
    with access.acting_for(actor, channel=channel, purpose="case_handling"):
        return casework.access_case(case_id, actor=actor)
