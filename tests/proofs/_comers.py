"""Who comes to attack the tables: everybody the product lets in, honest and forged, and what each hands in."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, cast

from tests.proofs._world import Side

from chengxin.access import facade as access
from chengxin.database.contracts import Channel, Context
from chengxin.database.guard_key import key_file, read_key, sign
from chengxin.kernel.actor import ANYONE, Actor, Role, platform
from chengxin.kernel.clock import now

NOBODY = Context(actor_key="", roles=frozenset(), channel=cast("Channel", ""), purpose="")


@dataclass(frozen=True)
class Comer:
    """Who comes: a name for the report, the login, the context as it is, and how it is handed in."""

    name: str
    context: Context
    forge: str = ""
    login: str = "chengxin_web"

    @property
    def believed(self) -> Context:
        """Return what the database may believe: of a forgery, nothing."""
        return NOBODY if self.forge else self.context


PLATFORM_PURPOSES = (
    *("filing", "correction", "audit", "misuse_detection"),
    *("catalogue_change", "tip_handling", "breach_handling", "retention"),
    *("look_restriction", "own_summary", "presentation", "market_filing", "lead_detection", "dispute_handling"),
    *("representation_handling", "honour"),
)
ADMIN_PURPOSES = ("administration", "audit", "misuse_handling", "breach_handling", "emergency")
OFFICE_PURPOSES = (
    "oversight",
    "identity_review",
    "case_handling",
    "catalogue_change",
    "tip_handling",
    "emergency",
    "inspection",
)


def comers(sides: Iterable[Side]) -> list[Comer]:
    """Return everybody the product lets in, through each door it opens to them, and the platform."""
    found = [Comer("anyone", Context.of(ANYONE, channel=Channel.PUBLIC, purpose="public_viewing"))]
    for side in sides:
        found += _of_side(side)
    found.append(Comer("anyone with a comment", Context.of(ANYONE, channel=Channel.PUBLIC, purpose="catalogue_change")))
    for purpose in PLATFORM_PURPOSES:
        keeper = Context.of(platform("sweep"), channel=Channel.JOB, purpose=purpose)
        found.append(Comer(f"worker for {purpose}", keeper, login="chengxin_worker"))
    return found


def _of_side(side: Side) -> Iterator[Comer]:
    office, letter = side.department, side.letter
    staff = (Channel.BODY, Channel.INTAKE, Channel.PUBLIC)
    plans: list[tuple[str, Actor, tuple[Channel, ...], tuple[str, ...]]] = [
        (
            *("clerk", office.clerk, staff),
            (
                "filing",
                "correction",
                "oversight",
                "determination",
                "look_restriction",
                "market_filing",
                "lead_handling",
                "dispute_handling",
                "inspection",
            ),
        ),
        ("approver", office.approver, staff, ("filing_review", "correction", "determination", "look_restriction")),
        ("program", side.program, staff, ("filing", "correction", "identity_verification", "market_filing")),
        ("bank clerk", side.bank.clerk, (Channel.BODY, Channel.PUBLIC), ("correction", "public_viewing")),
        (
            "citizen",
            side.citizen,
            (Channel.SELF, Channel.PUBLIC),
            ("own_archive", "own_report", "own_summary", "dispute_handling"),
        ),
        ("office", side.office, (Channel.OFFICE, Channel.BODY), OFFICE_PURPOSES),
        ("hall", side.window, (Channel.BODY, Channel.PUBLIC), ("own_report_at_counter",)),
    ]
    for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN):
        actor = Actor(key=f"account:{role}{letter}", roles=frozenset({role}), body=f"ADMIN{letter}", area=side.area)
        plans.append((role.value, actor, (Channel.OFFICE,), ADMIN_PURPOSES))
    for name, actor, channels, purposes in plans:
        for channel in channels:
            for purpose in purposes:
                context = Context.of(actor, channel=channel, purpose=purpose)
                yield Comer(f"{name} {letter} at {channel} for {purpose}", context)
    yield from _with_papers(side)


def _with_papers(side: Side) -> Iterator[Comer]:
    """Return those whose context names a subject, a visit or a code."""
    letter, office = side.letter, side.department
    reader = Actor(key=side.things["reader_key"], roles=frozenset({Role.CLIENT}), body=side.bank.body, area=side.area)
    yield Comer(f"reader {letter}", Context.of(reader, channel=Channel.BODY, purpose="correction"))
    asks = replace(Context.of(side.program, channel=Channel.QUERY, purpose="authorised_query"))
    yield Comer(f"program {letter} asks about the person", replace(asks, attended_id=side.citizen.subject_id))
    holds = replace(asks, attended_id=side.citizen.subject_id, case_ref=str(side.things["authorisation"]))
    yield Comer(f"program {letter} with the authorisation", holds)
    yield Comer(f"program {letter} with it about another", replace(holds, attended_id=side.guardian.subject_id))
    rushes = Context.of(side.office, channel=Channel.QUERY, purpose="emergency", case_ref=str(side.things["emergency"]))
    yield Comer(f"office {letter} in an emergency", replace(rushes, attended_id=side.citizen.subject_id))
    yield Comer(f"office {letter} in it about another", replace(rushes, attended_id=side.guardian.subject_id))
    invited = Context.of(side.guardian, channel=Channel.SELF, purpose="own_archive", case_ref=f"CODE{letter}")
    yield Comer(f"citizen {letter} with the code", invited)
    guardian = Context.of(side.guardian, channel=Channel.SELF, purpose="own_archive")
    yield Comer(f"guardian {letter}", guardian)
    yield from _beside(side)
    yield from _after_a_trade(letter)
    yield from _for_another(side)
    visit = Context.of(
        side.window,
        channel=Channel.COUNTER,
        purpose="own_report_at_counter",
        case_ref=str(side.things["visit_id"]),
        attended_id=side.citizen.subject_id,
    )
    yield Comer(f"hall {letter} with the person", visit)
    number = str(side.things["case_number"])
    for name, actor in (("approver", office.approver), ("bank clerk", side.bank.clerk), ("office", side.office)):
        for channel in (Channel.BODY, Channel.OFFICE, Channel.INTAKE):
            handled = Context.of(actor, channel=channel, purpose="case_handling", case_ref=number)
            yield Comer(f"{name} {letter} at {channel} with the case", handled)
    yield Comer(f"hall {letter} with the letter", replace(visit, case_ref=str(side.things["mandate_visit"])))
    yield Comer(f"hall {letter} away from the counter", replace(visit, channel=Channel.BODY))
    # A clerk of another desk, or of none, names the same person.
    yield Comer(f"clerk {letter} at the counter", replace(visit, actor_key=office.clerk.key, roles=office.clerk.roles))
    verifies = Context.of(platform("v"), channel=Channel.JOB, purpose="public_viewing", case_ref=side.things["code"])
    yield Comer(f"verification {letter}", verifies)


def _beside(side: Side) -> Iterator[Comer]:
    """Return who sits beside the office's officer: one of the same post, and the same account in other posts."""
    colleague = replace(side.office, key=f"account:colleague{side.letter}")
    clerk = replace(side.office, roles=frozenset({Role.CLERK}))
    auditor = replace(side.office, roles=frozenset({Role.AUDIT_ADMIN}), body=f"ADMIN{side.letter}")
    moved = replace(side.office, body=f"ADMIN{side.letter}")
    posts = (("colleague", colleague), ("clerk", clerk), ("auditor", auditor), ("mover", moved))
    for name, actor in posts:
        context = Context.of(actor, channel=Channel.OFFICE, purpose="emergency")
        yield Comer(f"{name} in the office {side.letter}", context)


def _after_a_trade(letter: str) -> Iterator[Comer]:
    """Return buyers who name order and buyer of a trade that both sides rated, of one that waits; who complained."""
    for what, place in (("an opened trade", 3), ("a trade that waits", 2)):
        named = "".join(hashlib.md5(f"{letter}{one}{place}".encode()).hexdigest() for one in ("order", "buyer"))
        follows = Context.of(ANYONE, channel=Channel.PUBLIC, purpose="review_following", case_ref=named)
        yield Comer(f"buyer {letter} of {what}", follows)
    tag = hashlib.md5(f"{letter}complaint".encode()).hexdigest()
    complains = Context.of(ANYONE, channel=Channel.PUBLIC, purpose="dispute_following", case_ref=tag)
    yield Comer(f"consumer {letter} with the code of a complaint", complains)


def _for_another(side: Side) -> Iterator[Comer]:
    """Return who acts for the citizen: on a mandate that lives, only to look, and on those that hold no longer."""
    letter = side.letter
    scope = frozenset({"record.read_own", "objection.file"})
    holds = access.representing(side.guardian, side.citizen.subject_id, scope=scope, ground="mandate")
    for holder, key in {"all": side.guardian.key, **side.things["holders"]}.items():
        acts = Context.of(replace(holds, key=key), channel=Channel.SELF, purpose="objection")
        yield Comer(f"representative {letter} with {holder}", acts)
        if holder in {"all", "objecting"}:
            yield Comer(f"representative {letter} with {holder} for a report", replace(acts, purpose="own_report"))
    acts = Context.of(holds, channel=Channel.SELF, purpose="objection")
    yield Comer(f"representative {letter} at no door of theirs", replace(acts, channel=Channel.SELF))
    for whom in ("ward", "gone", "dead", "still", "stranger"):
        yield Comer(f"representative {letter} of the {whom}", replace(acts, represented_id=side.things[whom]))
    ward = replace(side.citizen, key=f"account:ward{letter}", subject_id=side.things["ward"])
    yield Comer(f"ward {letter}", Context.of(ward, channel=Channel.SELF, purpose="representation"))
    for number in side.things["applied"]:
        checks = Context.of(side.office, channel=Channel.OFFICE, purpose="representation_handling", case_ref=number)
        yield Comer(f"office {letter} checks {number}", checks)
        yield Comer(f"office {letter} has {number} at its desk", replace(checks, channel=Channel.BODY))


FORGERIES = ("absent", "unsigned", "own key", "other body", "platform role", "expired", "other session", "cut")


def forged(honest: Iterable[Comer]) -> Iterator[Comer]:
    """Return each comer again with every forgery of its context."""
    for comer in honest:
        for forgery in FORGERIES:
            yield replace(comer, name=f"{comer.name}, {forgery}", forge=forgery)


def claims(comer: Comer, pid: int) -> tuple[str, str]:
    """Return message and signature as the comer hands them in."""
    context = comer.context
    said: dict[str, Any] = {
        "actor_key": context.actor_key,
        "roles": sorted(context.roles),
        "body": context.body,
        "subject_id": str(context.subject_id or ""),
        "purpose": context.purpose,
        "channel": context.channel,
        "case_ref": context.case_ref,
        "attended_id": str(context.attended_id or ""),
        "represented_id": str(context.represented_id or ""),
        "at": now().timestamp(),
        "pid": pid + (comer.forge == "other session"),
        "expires": time.time() + (-1 if comer.forge == "expired" else 600),
    }
    key = b"a key of their own, thirty-two bytes" if comer.forge == "own key" else read_key(key_file())
    signature = sign(json.dumps(said), key=key)
    if comer.forge == "other body":
        said["body"] = "DEPTA" if context.body == "DEPTB" else "DEPTB"
    if comer.forge == "platform role":
        said |= {"actor_key": "platform:other", "roles": ["platform"], "channel": "job"}
    forms = {"absent": ("", ""), "unsigned": (json.dumps(said), ""), "cut": (json.dumps(said), signature[:-1])}
    return forms.get(comer.forge, (json.dumps(said), signature))
