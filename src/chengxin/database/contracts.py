"""The values other packages exchange with the database package."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from uuid import UUID

from chengxin.kernel.actor import Actor, Role


class Channel(StrEnum):
    """Through which door somebody comes; row security admits each door to its own rows."""

    PUBLIC = "public"
    SELF = "self"
    REPRESENTED = "represented"
    BODY = "body"
    OFFICE = "office"
    INTAKE = "intake"
    JOB = "job"
    REPORT = "report"
    COUNTER = "counter"
    QUERY = "query"


@dataclass(frozen=True, kw_only=True)
class Context:
    """Who acts in a transaction, for which body or subject, for what purpose (查询目的), through which door.

    `represented_id` is whom somebody acts for: such an actor never comes through a subject's own door.
    `attended_id` is the subject who stands at the counter or is asked about in a query: the actor does not become it.
    """

    actor_key: str
    roles: frozenset[Role]
    channel: Channel
    purpose: str
    body: str = ""
    subject_id: UUID | None = None
    case_ref: str = ""
    attended_id: UUID | None = None
    represented_id: UUID | None = None

    @classmethod
    def of(
        cls, actor: Actor, *, channel: Channel, purpose: str, case_ref: str = "", attended_id: UUID | None = None
    ) -> Self:
        """Return the context of an actor who comes through a door with a purpose, by the door that is theirs."""
        return cls(
            actor_key=actor.key,
            roles=actor.roles,
            channel=door_of(actor, channel),
            purpose=purpose,
            body=actor.body,
            subject_id=None if actor.is_representative else actor.subject_id,
            case_ref=case_ref,
            attended_id=attended_id,
            represented_id=actor.subject_id if actor.is_representative else None,
        )


def door_of(actor: Actor, channel: Channel) -> Channel:
    """Return the door an actor really comes through: who acts for another has one beside that of the public."""
    return Channel.REPRESENTED if actor.is_representative and channel is not Channel.PUBLIC else channel
