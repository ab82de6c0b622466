"""Read a procedure from its declaration, and refuse a file that could lead a case into a dead end."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from chengxin.access.contracts import RELATIONS
from chengxin.casework.contracts import Clock, FourEyes, Need, Procedure, State, Verb, VerbNotice, Words
from chengxin.casework.remedies import remedies
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Role
from chengxin.kernel.yaml_text import read_yaml

_TOP = {
    "procedure",
    "version",
    "title",
    "summary",
    "number",
    "about",
    "page",
    "channel",
    "purpose",
    "initial",
    "states",
    "verbs",
    "clocks",
    "service",
    "reviews",
    "alike",
    "panel",
}
_STATE = {"zh", "en", "tone", "final", "overturns", "gives_up", "rests"}
_VERB = {"title", "from", "to", "who", "four_eyes", "needs", "effect", "notices", "adverse", "proposes"}
_VERB |= {"applies", "channel", "once", "sends_back", "hands_to", "remedies", "own_page"}
_CLOCK = {"key", "from", "until", "pauses", "applies", "once", "never_after", "lapses"}
_TONES = {"neutral", "info", "todo", "done", "ended", "alert"}
_ADDRESSEES = {"subject", "opener_body", "body"}
_PEOPLE = frozenset(Role) - {Role.PUBLIC, Role.CLIENT, Role.PLATFORM}


class BadProcedure(ValueError):
    """A declaration cannot be used; the message says where and what to mend."""


def read_procedure(text: str, *, source: str = "procedure") -> Procedure:
    """Return the procedure a YAML text declares."""
    try:
        procedure = _build(read_yaml(text))
        _check(procedure)
    except BadProcedure as error:
        raise BadProcedure(f"{source}: {error}") from None
    except (KeyError, TypeError, ValueError) as error:
        raise BadProcedure(f"{source}: cannot be read, {type(error).__name__}: {error}.") from error
    return procedure


def _build(row: dict[str, Any]) -> Procedure:
    _only(row, _TOP, "the procedure")
    states = {code: _state(code, state) for code, state in row["states"].items()}
    return Procedure(
        code=row["procedure"],
        version=row["version"],
        title=Words(**row["title"]),
        summary=Words(**row.get("summary", row["title"])),
        number_prefix=row["number"],
        ref_kind=row["about"],
        page=row.get("page", ""),
        initial=row["initial"],
        channel=Channel(row.get("channel", Channel.BODY)),
        purpose=row["purpose"],
        states=MappingProxyType(states),
        verbs=MappingProxyType({code: _verb(code, verb) for code, verb in row["verbs"].items()}),
        clocks=tuple(_clock(clock, states) for clock in row.get("clocks", ())),
        is_service=row.get("service", False),
        reviews=row.get("reviews", ""),
        alike=tuple(row.get("alike", ())),
        panel=row.get("panel", ""),
    )


def _state(code: str, row: dict[str, Any]) -> State:
    _only(row, _STATE, f"state {code}")
    tone = row.get("tone", "neutral")
    if tone not in _TONES:
        raise BadProcedure(f"state {code}: tone must be one of {sorted(_TONES)}")
    return State(
        code=code,
        title=Words(zh=row["zh"], en=row["en"]),
        tone=tone,
        is_final=row.get("final", False),
        overturns=row.get("overturns", False),
        gives_up=row.get("gives_up", False),
        rests=row.get("rests", False),
    )


def _verb(code: str, row: dict[str, Any]) -> Verb:
    _only(row, _VERB, f"verb {code}")
    return Verb(
        code=code,
        title=Words(**row["title"]),
        from_states=frozenset(row["from"]),
        to_state=row.get("to", ""),
        roles=frozenset(Role(role) for role in row["who"]["roles"]),
        relation=row["who"]["relation"],
        four_eyes=frozenset(FourEyes(name) for name in row.get("four_eyes", ())),
        needs=frozenset(Need(name) for name in row.get("needs", ())),
        is_adverse=row.get("adverse", False),
        proposes=row.get("proposes", False),
        notices=tuple(VerbNotice(to=notice["to"], text=notice["text"]) for notice in row.get("notices", ())),
        effect=row.get("effect", ""),
        channel=Channel(row["channel"]) if "channel" in row else None,
        once=row.get("once", False),
        sends_back=row.get("sends_back", False),
        hands_to=row.get("hands_to", ""),
        remedies=tuple(row.get("remedies", ())),
        own_page=row.get("own_page", False),
        applies=row.get("applies", ""),
    )


def _clock(row: dict[str, Any], states: dict[str, State]) -> Clock:
    _only(row, _CLOCK, f"clock {row.get('key')}")
    final = {code for code, state in states.items() if state.is_final}
    return Clock(
        key=row["key"],
        starts=row.get("from", "opened"),
        stops=frozenset(row.get("until", final)) | final,
        pauses=frozenset(row.get("pauses", ())),
        applies=row.get("applies", ""),
        once=frozenset(row.get("once", ())),
        never_after=frozenset(row.get("never_after", ())),
        lapses=row.get("lapses", ""),
    )


def _check(procedure: Procedure) -> None:
    states = procedure.states.keys()
    if procedure.initial not in states:
        raise BadProcedure(f"initial state {procedure.initial} is not declared")
    for verb in procedure.verbs.values():
        if unknown := (verb.from_states | {verb.to_state}) - states - {""}:
            raise BadProcedure(f"verb {verb.code}: states {sorted(unknown)} are not declared")
        if closed := [code for code in sorted(verb.from_states) if procedure.states[code].is_final]:
            raise BadProcedure(f"verb {verb.code}: leaves the final state {closed[0]}")
        _check_people(verb)
    for clock in procedure.clocks:
        _check_clock(clock, procedure)
    for code, state in procedure.states.items():
        if state.is_final and state.rests:
            raise BadProcedure(f"state {code} is final: a case that is closed does not rest")
        if not state.is_final and not any(code in verb.from_states for verb in procedure.verbs.values()):
            raise BadProcedure(f"state {code} has no way out and is not final")


def _check_clock(clock: Clock, procedure: Procedure) -> None:
    kind, _, state = clock.starts.partition(":")
    entered = {state} if kind in {"state", "first"} else set()
    if unknown := (clock.stops | clock.pauses | clock.once | clock.never_after | entered) - procedure.states.keys():
        raise BadProcedure(f"clock {clock.key}: states {sorted(unknown)} are not declared")
    if clock.lapses and Role.PLATFORM not in getattr(procedure.verbs.get(clock.lapses), "roles", ()):
        raise BadProcedure(f"clock {clock.key}: {clock.lapses} is no verb that the platform may take")


def _check_people(verb: Verb) -> None:
    if verb.relation not in RELATIONS:
        raise BadProcedure(f"verb {verb.code}: there is no relation {verb.relation}")
    if bad := [notice.to for notice in verb.notices if notice.to not in _ADDRESSEES]:
        raise BadProcedure(f"verb {verb.code}: a notice goes to {sorted(_ADDRESSEES)}, not to {bad[0]}")
    if not verb.roles:
        raise BadProcedure(f"verb {verb.code}: names nobody who may take it")
    if verb.is_adverse and verb.roles - _PEOPLE:
        raise BadProcedure(f"verb {verb.code}: an adverse act is taken by a named person (red line 11)")
    if verb.is_adverse and Need.REASONS not in verb.needs:
        raise BadProcedure(f"verb {verb.code}: an adverse act needs reasons (red line 11)")
    if verb.is_adverse and FourEyes.PROPOSER not in verb.four_eyes:
        raise BadProcedure(f"verb {verb.code}: an adverse act is decided by another than the proposer (red line 11)")
    if verb.is_adverse and not verb.remedies:
        raise BadProcedure(f"verb {verb.code}: an adverse act names the remedies against it (red line 11)")
    if unknown := [code for code in verb.remedies if code not in remedies()]:
        raise BadProcedure(f"verb {verb.code}: there is no remedy {unknown[0]} in remedies.yaml")


def _only(row: dict[str, Any], known: set[str], where: str) -> None:
    if unknown := sorted(row.keys() - known):
        raise BadProcedure(f"{where}: {', '.join(unknown)} mean nothing here; known are {', '.join(sorted(known))}")
