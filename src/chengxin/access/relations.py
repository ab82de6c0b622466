"""How an actor may stand to a resource (关系): each a plain question with a yes or a no."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from chengxin.kernel.actor import Actor, Role


@dataclass(frozen=True, kw_only=True)
class Resource:
    """What an action is asked on, by the few facts a decision may turn on; what is not known stays empty.

    `source_bodies` are the bodies that may file the item on the day; `proposed_by` is who made what is to be decided.
    """

    kind: str = ""
    body: str = ""
    area: str = ""
    parties: frozenset[str] = frozenset()
    subject_id: UUID | None = None
    item_code: str = ""
    source_bodies: frozenset[str] = frozenset()
    proposed_by: str = ""
    is_public: bool = False


def covers(area: str, other: str) -> bool:
    """Tell whether an area holds another, by the prefix of their codes; nothing covers an unknown area."""
    return bool(area) and bool(other) and other.startswith(area)


def is_person(actor: Actor) -> bool:
    """Tell whether one named human stands behind the actor."""
    return actor.key.startswith("account:") and not actor.roles & {Role.PUBLIC, Role.CLIENT, Role.PLATFORM}


def _own_subject(actor: Actor, resource: Resource) -> bool:
    return actor.subject_id is not None and actor.subject_id == resource.subject_id


def _own_body(actor: Actor, resource: Resource) -> bool:
    return bool(actor.body) and actor.body == resource.body


RELATIONS: Mapping[str, Callable[[Actor, Resource], bool]] = MappingProxyType(
    {
        "anyone": lambda _actor, _resource: True,
        "signed_in": lambda actor, _resource: bool(actor.key) and not actor.has(Role.PUBLIC),
        "own_subject": _own_subject,
        "own_body": _own_body,
        "party": lambda actor, resource: bool(actor.body) and actor.body in resource.parties,
        "source_body": lambda actor, resource: bool(actor.body) and actor.body in resource.source_bodies,
        "jurisdiction": lambda actor, resource: covers(actor.area, resource.area),
        "not_proposer": lambda actor, resource: bool(resource.proposed_by) and actor.key != resource.proposed_by,
        "published": lambda _actor, resource: resource.is_public,
    }
)
