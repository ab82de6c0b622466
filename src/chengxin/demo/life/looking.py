"""Looks of every kind and what became of them: own ones, by consent, by statute, at the counter; challenges, misuse."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from chengxin.access import facade as access
from chengxin.archives import facade as archives
from chengxin.archives.contracts import DocumentKind
from chengxin.audit.contracts import Look, LookFilter
from chengxin.casework import facade as casework
from chengxin.consents import facade as consents
from chengxin.consents.contracts import Result
from chengxin.database.contracts import Channel
from chengxin.demo.life.stage import Doing, Stage, Told
from chengxin.inquiries import facade as inquiries
from chengxin.inquiries.contracts import Person, Procedure
from chengxin.intake import facade as intake
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refused
from chengxin.looks import facade as looks
from chengxin.misuse import facade as misuse
from chengxin.misuse.contracts import Alert, MarkKind

_LATER = timedelta(minutes=2)


def read_own(_stage: Stage, actor: Actor, _told: Told, now: datetime) -> None:
    """Read one's own archive."""
    archives.own_archive(actor, now=now)


def register(stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Register an institution for a purpose."""
    body = stage.actor(told["institution"], on=legal_day(now)).body
    consents.register(actor, body=body, rule=told["rule"], registration=told["registration"], now=now)


def ask_consent(stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Ask for a person's consent; where the story has them agree, they tick and agree."""
    asked = consents.ask(
        actor, rule=told["rule"], number=stage.province.id_no_of(told["of"]), reference=told["reference"], now=now
    )
    if "items" not in told:
        stage.links[told["of"]] = f"/me/consents/requests/{asked.code}"
        return
    person = stage.actor(told["of"], on=legal_day(now))
    consents.give(person, asked.code, items=told["items"], authenticated=["password"], now=now + _LATER)


def query(stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Query under a consent and post back what came of it; a refusal stands in the person's history."""
    person = stage.actor(told["of"], on=legal_day(now))
    held = next(
        one for one in consents.list_consents(person, now=now) if one.body == actor.body and one.rule == told["rule"]
    )
    try:
        found = inquiries.query(actor, consent_id=held.id, rule=told["rule"], now=now)
    except Refused:
        if not told.get("is_refused"):
            raise
        return
    if "result" in told:
        result = Result(result=told["result"], is_adverse=False, items_used=(), by_person=True)
        inquiries.post_result(actor, found.query_id, result, now=now + _LATER)


def withdraw_consent(stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Take a consent back."""
    body = stage.actor(told["from"], on=legal_day(now)).body
    held = next(one for one in consents.list_consents(actor, now=now) if one.body == body)
    consents.withdraw(actor, held.id, now=now)


def ask_by_statute(stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Ask for the facts about named persons of an announced procedure."""
    names = {member.key: member.name for member in stage.province.cast}
    persons = [Person(name=names[key], number=stage.province.id_no_of(key)) for key in told["persons"]]
    procedure = Procedure(
        number=told["number"].replace("YEAR", str(now.year)),
        announced_on=legal_day(now) - timedelta(days=told["announced"]),
        address=told["address"],
        announced_count=len(persons),
        matter=told["matter"],
    )
    inquiries.request(actor, rule=told["rule"], basis=told["basis"], procedure=procedure, persons=persons, now=now)


def decide_statutory(stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Decide on the newest statutory query of the body; where the story says so its clerk reads the facts."""
    clerk = stage.actor(told["clerk"], on=legal_day(now))
    newest = inquiries.list_queries(clerk, now=now)[0]
    casework.carry_out(newest.case_id, verb=told["verb"], actor=actor, now=now, reasons=told["reasons"])
    if told["verb"] == "approve":
        inquiries.read_facts(clerk, newest.id, now=now + timedelta(minutes=30))


def print_at_counter(stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Print somebody's report at the counter."""
    member = next(one for one in stage.province.cast if one.key == told["of"])
    claim = archives.Claim(
        name=member.name,
        number=stage.province.id_no_of(member.key),
        document=DocumentKind.ID_CARD,
        is_present=True,
    )
    visit = archives.serve(actor, claim, now=now, address_of=lambda code: f"https://credit.example.org/verify/{code}")
    archives.hand_out(actor, visit, now=now + _LATER)


def challenge(stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Refuse to accept a look of a body for a purpose, the newest one."""
    body = stage.actor(told["looker"], on=legal_day(now)).body
    chosen = LookFilter(body=body, purpose=told["purpose"])
    found: Look = looks.own_looks(actor, now=now, chosen=chosen, limit=1).lines[0]
    looks.challenge(actor, found.event_id, now=now)
    if "words" in told:
        looks.add_words(actor, found.event_id, words=told["words"], now=now + _LATER)


def mark(stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Declare a conflict of one's own, or mark a canary."""
    misuse.declare_number(MarkKind(told["kind"]), stage.province.id_no_of(told["of"]), actor=actor, now=now)


def explain(_stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Explain one's own looks after an alert."""
    misuse.explain(misuse.list_own_alerts(actor)[0].id, actor=actor, text=told["words"], now=now)


def handle_incident(stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Take a verb in the case of the alert about an account."""
    casework.carry_out(
        _alert(stage, actor, told["about"], now=now), verb=told["verb"], actor=actor, now=now, reasons=told["reasons"]
    )


def export(_stage: Stage, actor: Actor, _told: Told, now: datetime) -> None:
    """Take the questioned rows of one's newest batch that has some out as a marked sheet; old files are destroyed."""
    kept = now - timedelta(days=300)
    with access.acting_for(actor, channel=Channel.INTAKE, purpose="filing"):
        batches = [one for one in intake.list_batches(actor.body, limit=500) if one.questioned]
        for batch in [one for one in batches if one.accepted_at is None or one.accepted_at > kept][:1]:
            intake.error_sheet(batch, actor=actor, now=now)


def _alert(stage: Stage, actor: Actor, about: str, *, now: datetime) -> UUID:
    key = stage.actor(about, on=legal_day(now)).key
    found: list[Alert] = misuse.list_alerts(actor, now=now)
    return next(alert.case_id for alert in found if alert.clerk_key == key)


DOINGS: dict[str, Doing] = {
    "read_own": read_own,
    "register": register,
    "ask_consent": ask_consent,
    "query": query,
    "withdraw_consent": withdraw_consent,
    "ask_by_statute": ask_by_statute,
    "decide_statutory": decide_statutory,
    "print_at_counter": print_at_counter,
    "challenge": challenge,
    "mark": mark,
    "explain": explain,
    "handle_incident": handle_incident,
    "export": export,
}
