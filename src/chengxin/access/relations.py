"""How an actor may stand to a resource (关系): each a plain question with a yes or a no."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from chengxin.access.contracts import Resource
from chengxin.kernel.actor import Actor, Role


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
