"""Attack the addresses: every registered route, by every sign-in of one side, with everything of the other side's.

A reply that holds a word which stands only in the other side's closed papers is a leak; so is any row of the other
side that is not as it was. The same addresses, asked by whom they are for, are the positive controls.
"""

from __future__ import annotations

import base64
import itertools
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.proofs._sql import Snapshot, snapshot
from tests.proofs._world import Side, sign_in

PARAMETER = re.compile(r"<(?:(\w+):)?(\w+)>")
# What lets the attacker's own things end, or is no address of ours.
LEFT_OUT = re.compile(r"^(account/|sign-|demo/|static/)")

# Addresses no program opens without its secret.
CLOSED = re.compile(r"/api/v1/(batches|outbox|identity|screen)")


@dataclass
class Asked:
    """What was asked over HTTP and what came of it."""

    requests: int = 0
    controls: int = 0
    leaks: list[str] = field(default_factory=list)
    failed_controls: list[str] = field(default_factory=list)


def routes() -> list[str]:
    """Return the pattern of every registered address, the API's included."""
    return sorted({found for found in _routes(get_resolver().url_patterns, "") if not LEFT_OUT.match(found)})


def _routes(patterns: list[Any], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern)


def addresses(route: str, victim: Side, theirs: Mapping[str, list[str]] | None = None) -> Iterator[str]:
    """Fill a route with everything of the victim's that fits its parameters; `theirs` says what goes by which name."""
    things = victim.things
    uuids = [str(things[name]) for name in ("record_id", "visit_id", "fixed_batch", "case_id")]
    uuids += [str(victim.batch_id), *things["messages"]]
    texts = [things["code"], victim.department.body, "penalty"]
    values = {"uuid": uuids, "int": ["2"], "str": texts, "slug": texts, "path": texts}
    by_name = {"kind": ["pdf", "json"], "uscc": [victim.firms[0][1]], "status": ["404"], **(theirs or {})}
    found = [
        by_name.get(name, values.get(converter or ("uuid" if name.endswith("_id") else "str"), texts))
        for converter, name in PARAMETER.findall(route)
    ]
    for chosen in itertools.product(*found):
        rest = iter(chosen)
        yield "/" + PARAMETER.sub(lambda _match, rest=rest: next(rest), route)


def ids_of(victim: Side, seen: Snapshot, *, most: int) -> dict[str, list[str]]:
    """Return the numbers of the victim's rows under the names addresses give them: `shop_id` from `market_shop`."""
    found: dict[str, list[str]] = {"record_id": [str(victim.things["record_id"])]}
    for table, rows in seen.rows.items():
        name = f"{table.partition('_')[2]}_id"
        ids = [str(row["id"]) for row in rows if "id" in row and is_of(victim, row)]
        if ids:
            found[name] = [*found.get(name, []), *ids][:most]
    return found


def forged(side: Side) -> str:
    """Return the credentials of a side's program, with a guess in the place of its secret."""
    known, _, _secret = base64.b64decode(side.header.removeprefix("Basic ")).decode().partition(":")
    return "Basic " + base64.b64encode(f"{known}:guess".encode()).decode()


def sign_ins(side: Side, rival: Side) -> dict[str, dict[str, str] | Client]:
    """Return a browser for everybody of a side, and the credentials of its programs."""
    letter = side.letter.lower()
    names = [f"dept{letter}-clerk", f"dept{letter}-approver", f"office{letter}", f"hall{letter}", f"bank{letter}-clerk"]
    browsers: dict[str, Client] = {name: sign_in(name) for name in [*names, *side.citizens]}
    for name, header in (("program", side.header), ("reader", side.things["reader"])):
        browsers[f"{name} {side.letter}"] = Client(raise_request_exception=False, headers={"Authorization": header})
    browsers["forged program"] = Client(raise_request_exception=False, headers={"Authorization": forged(rival)})
    browsers["nobody"] = Client(raise_request_exception=False)
    return dict(browsers)


def bodies(victim: Side) -> list[dict[str, str]]:
    """Return what is sent with POST: every verb of the pages, aimed at the victim's things."""
    aim = {"record": str(victim.things["record_id"]), "message": victim.things["messages"][0], "reasons": "要求如此"}
    fix = {"row": "2", "field": "fine", "text": "9"}
    return [
        {**aim, **fix, "verb": verb, "act": act, "done": "deleted", "code": victim.things["code"]}
        for verb, act in (("approve", "fix"), ("withdraw", "drop"), ("take_back", "assign"))
    ]


def attack(attackers: Side, victim: Side, *, short: bool, asked: Asked, only: str = "") -> None:
    """Let everybody of one side ask for everything of the other's."""
    before = snapshot()
    theirs = ids_of(victim, before, most=1 if short else 4)
    found = routes()
    everybody = sign_ins(attackers, victim)
    if short:
        everybody = {name: everybody[name] for name in [*list(everybody)[:1], "forged program"]}
        found = [route for route in found if PARAMETER.search(route)]
    if only:
        everybody = {only: everybody[only]}
    for (name, client), route in itertools.product(everybody.items(), found):
        for address in addresses(route, victim, theirs):
            _ask(client, name, address, attackers, victim, short=short, asked=asked)
    asked.leaks += changed(before, snapshot(), victim)


def _ask(client: Any, name: str, address: str, own: Side, victim: Side, *, short: bool, asked: Asked) -> None:
    replies = [client.get(address)]
    for body in bodies(victim)[: 1 if short else 3]:
        replies.append(client.post(address, body))
    replies.append(client.post(address, json.dumps({"done": "deleted"}), content_type="application/json"))
    for reply in replies:
        asked.requests += 1
        text = b"".join(reply.streaming_content) if reply.streaming else reply.content
        said = text.decode("utf-8", "replace")
        asked.leaks += [f"{name} read {word} at {address}" for word in victim.canaries - own.canaries if word in said]
        if name == "forged program" and CLOSED.match(address) and reply.status_code < 400:
            asked.leaks.append(f"{name} was let in at {address}")
        if reply.status_code >= 500:
            asked.leaks.append(f"{address} broke for {name}")


def is_of(victim: Side, row: dict[str, Any]) -> bool:
    """Tell whether a row names the victim's offices, citizen or batch."""
    letters = (f"DEPT{victim.letter}", f"BANK{victim.letter}", str(victim.citizen.subject_id), str(victim.batch_id))
    written = json.dumps(row, ensure_ascii=False)
    return any(letter in written for letter in letters)


def changed(before: Snapshot, after: Snapshot, victim: Side) -> list[str]:
    """Return what of the victim's is no longer as it was."""
    found = []
    for table, rows in before.rows.items():
        if table in {"access_body", "audit_writer"}:
            continue
        now = {after.key_of(table, row): row for row in after.rows[table]}
        for row in rows:
            if is_of(victim, row) and now.get(before.key_of(table, row)) != row:
                found.append(f"{table} {before.key_of(table, row)} of the other side was changed")
    return found


def control(side: Side, asked: Asked) -> None:
    """Open each thing as the one it belongs to."""
    letter, things = side.letter.lower(), side.things
    name = side.persons[0][0]
    own = sign_ins(side, side)
    for who, address, words in (
        (f"dept{letter}-clerk", f"/dept/batches/{side.batch_id}", "已入库"),
        (f"dept{letter}-clerk", f"/dept/batches/{things['fixed_batch']}/questioned", "E-USCC-02"),
        (f"dept{letter}-approver", f"/dept/cases/{things['case_id']}", "依据已撤销"),
        (f"dept{letter}-clerk", f"/dept/lineage/{side.batch_id}/2", ""),
        (side.citizens[0], "/me", name),
        (side.citizens[0], f"/me/records/{things['record_id']}", f"本人说明{side.letter}"),
        (side.citizens[0], "/me/looks", ""),
        (side.citizens[0], "/api/v1/me/archive", name),
        (f"hall{letter}", f"/hall/{things['visit_id']}", ""),
        (f"office{letter}", f"/office/sources/{side.department.body}", ""),
        (f"program {side.letter}", f"/api/v1/batches/{side.batch_id}", str(side.batch_id)),
        (f"reader {side.letter}", "/api/v1/outbox", things["messages"][0]),
        ("nobody", f"/subjects/{side.firms[0][1]}", f"云{side.letter}侧罚〔2026〕F0号"),
        ("nobody", f"/verify/{things['code']}", ""),
    ):
        asked.controls += 1
        reply = own[who].get(address)
        if reply.status_code != 200 or words not in reply.content.decode():
            asked.failed_controls.append(f"{who} at {address}: {reply.status_code}")
