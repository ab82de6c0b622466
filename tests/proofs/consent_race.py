"""Race withdrawals against disclosures: when a withdrawal is acknowledged, nothing more leaves under that consent."""

from __future__ import annotations

import random
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.db import connection
from django.test import override_settings
from tests.proofs._log import Going

from chengxin.access import facade as access
from chengxin.access.contracts import Body
from chengxin.catalogue import facade as catalogue
from chengxin.consents import facade as consents
from chengxin.consents import models
from chengxin.database.contracts import Channel
from chengxin.inquiries import facade as inquiries
from chengxin.intake import facade as intake
from chengxin.intake.tests.conftest import NOW, SETUP, open_office
from chengxin.intake.tests.test_main_job import HEAD, PERSON
from chengxin.kernel.actor import Actor, Role, platform
from chengxin.kernel.identifiers import IdentifierKind
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refused
from chengxin.subjects import facade as subjects

SUMMARY = "Withdrawals race disclosures: none follows the acknowledgement, in the answer or in the database."
RULE = "bank.loan"
SHORT, FULL = 200, 10_000
SEED = 5203
ASKED_AGAIN = 0.2


@dataclass(frozen=True)
class World:
    """One person with a penalty, one bank with a program."""

    person: Actor
    bank: Actor


@dataclass
class Round:
    """What one interleaving did."""

    begun_at: float = 0.0
    acknowledged_at: float = 0.0
    uses_at_acknowledgement: int = 0
    outcome: str = ""


def run(short: bool, report: Callable[[str], None]) -> dict[str, int | float]:
    """Race, and return how often each side was first; raise AssertionError when a disclosure came after."""
    with tempfile.TemporaryDirectory() as folder, override_settings(FILES_ROOT=Path(folder) / "files", DEMO=True):
        world = _world(Path(folder))
    chance = random.Random(SEED)
    wanted = SHORT if short else FULL
    counted: Counter[str] = Counter()
    going = Going()
    with ThreadPoolExecutor(2, initializer=connection.ensure_connection) as pool:
        for consent_id in _consents(world, wanted):
            counted.update(_race(world, consent_id, pool, chance))
            going.on()
            if sum(counted[name] for name in ("disclosed_first", "withdrawn_first")) % 1000 == 0:
                report(f"{dict(counted)}")
        both = threading.Barrier(2)
        for leaving in [pool.submit(_leave, both) for _ in range(2)]:
            leaving.result()
    assert counted["disclosed_first"] * 50 > wanted, "Hardly a disclosure was first, so hardly anything was raced."
    assert counted["withdrawn_first"], "No withdrawal was ever first, so nothing was raced."
    assert counted["disclosed_first"] + counted["withdrawn_first"] == wanted, "Some were not raced."
    return {"interleavings": wanted, "disclosed_after_acknowledgement": 0, **counted}


def _race(world: World, consent_id: UUID, pool: ThreadPoolExecutor, chance: random.Random) -> Counter[str]:
    """Let one query and one withdrawal meet at a random distance, then look at what stands."""
    meet, done = threading.Barrier(2), Round()
    first = pool.submit(_disclose, world, consent_id, meet, chance.uniform(0, 0.006), done)
    second = pool.submit(_withdraw, world, consent_id, meet, chance.uniform(0, 0.012), done)
    first.result()
    second.result()
    uses = _uses_of(consent_id)
    assert uses == done.uses_at_acknowledgement, f"{consent_id}: disclosed after the acknowledgement."
    assert (done.outcome == "disclosed") == (uses == 1), f"{consent_id}: answered {done.outcome} with {uses} uses."
    assert not (done.outcome == "disclosed" and done.begun_at > done.acknowledged_at), f"{consent_id}: begun after."
    was_first = Counter({"disclosed_first" if uses else "withdrawn_first": 1})
    if chance.random() > ASKED_AGAIN:
        return was_first
    try:
        inquiries.query(world.bank, consent_id=consent_id, rule=RULE, now=NOW)
    except Refused:
        return was_first + Counter({"refused_afterwards": 1})
    raise AssertionError(f"{consent_id}: a later query was answered.")


def _disclose(world: World, consent_id: UUID, meet: threading.Barrier, wait: float, done: Round) -> None:
    meet.wait()
    time.sleep(wait)
    done.begun_at = time.monotonic()
    try:
        answer = inquiries.query(world.bank, consent_id=consent_id, rule=RULE, now=NOW)
    except Refused:
        done.outcome = "refused"
    else:
        assert len(answer.facts) == 1, "A disclosure without its fact."
        done.outcome = "disclosed"


def _withdraw(world: World, consent_id: UUID, meet: threading.Barrier, wait: float, done: Round) -> None:
    meet.wait()
    time.sleep(wait)
    consents.withdraw(world.person, consent_id, now=NOW)
    done.acknowledged_at = time.monotonic()
    done.uses_at_acknowledgement = _uses_of(consent_id)


def _uses_of(consent_id: UUID) -> int:
    with access.acting_for(platform("proof"), channel=Channel.JOB, purpose="correction"):
        return models.Use.objects.filter(authorisation_id=consent_id).count()


def _consents(world: World, count: int) -> list[UUID]:
    """Give consents in bulk, as the person would one by one; what is raced is their use and their end."""
    rule = consents.find_rule(RULE)
    assert rule is not None
    assert world.person.subject_id is not None
    given = [
        models.Authorisation(
            id=new_id(NOW),
            ground="consent",
            subject_id=world.person.subject_id,
            body=world.bank.body,
            rule=RULE,
            purpose=rule.purpose,
            items={"penalty": list(rule.item_fields["penalty"])},
            since=NOW.date() - timedelta(days=1000),
            granted_at=NOW,
            ends_at=NOW + timedelta(days=30),
            text="-",
            artefact="-",
            reference="-",
        )
        for _ in range(count)
    ]
    with access.acting_for(world.person, channel=Channel.SELF, purpose="own_consents"):
        models.Authorisation.objects.bulk_create(given, batch_size=500)
    return [one.id for one in given]


def _world(folder: Path) -> World:
    catalogue.load(now=NOW)
    market = open_office("YTSJ", "云汀市市场监督管理局", "91390100MA0000015M", "390100", ("penalty",), kind="market")
    path = folder / "upload.csv"
    path.write_text(HEAD + PERSON, encoding="utf-8")
    with access.acting_for(market.clerk, channel=Channel.INTAKE, purpose="filing"):
        batch = intake.upload(path, file_name="a.csv", item_code="penalty", actor=market.clerk, now=NOW, channel="page")
        intake.submit(batch.id, actor=market.clerk, now=NOW)
    intake.decide(batch.id, approves=True, actor=market.approver, now=NOW)
    with access.acting_for(SETUP, channel=Channel.JOB, purpose="filing"):
        subject = subjects.find_by_number(IdentifierKind.ID_NO, "390101199001010017")
    assert subject is not None
    names = {"name_zh": "云汀银行", "name_en": "Yunting Bank", "uscc": "", "area": "390100", "level": "city"}
    body = Body(code="YTYH", **names, fields_of_work=(), parent="", is_credit_office=False)
    access.open_bodies([body], actor=SETUP, now=NOW)
    new = access.register_client("bank", body="YTYH", scopes=("record.query",), actor=SETUP, now=NOW)
    consents.register(SETUP, body="YTYH", rule=RULE, registration="REG-1", now=NOW)
    person = Actor(key="account:race", roles=frozenset({Role.CITIZEN}), subject_id=subject.id)
    return World(person=person, bank=access.actor_for_client(new.client))


def _leave(both: threading.Barrier) -> None:
    """Close the connection of each thread: the barrier keeps one thread from doing it for both."""
    both.wait()
    connection.close()
