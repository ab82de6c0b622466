"""Who acts: a person behind a screen, a registered client, or the platform itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self
from uuid import UUID


class Role(StrEnum):
    """What somebody may be trusted with (角色)."""

    PUBLIC = "public"
    CITIZEN = "citizen"
    REPRESENTATIVE = "representative"
    CLERK = "clerk"
    APPROVER = "approver"
    CASE_OFFICER = "case_officer"
    HALL_CLERK = "hall_clerk"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"
    CLIENT = "client"
    PLATFORM = "platform"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """One identity at one moment: its account, its body (单位) if it acts for one, its subject if it is a person.

    `key` names the account in the log and never changes; it is no name and no number of a person. `owes_proof` tells
    that the session proved who it is too long ago for what asks for a fresh proof (重新验证).

    Who acts for another (代为办理) has the represented as `subject_id` and the one role REPRESENTATIVE; `scope` names
    the actions they may do in that person's place, `ground` says why they may. For everybody else `scope` is None.
    Who fills in at a counter (窗口代填) for a person does it at the `hall` of that body, whose party nobody is by it.
    """

    key: str
    roles: frozenset[Role]
    body: str = ""
    area: str = ""
    subject_id: UUID | None = None
    owes_proof: bool = False
    scope: frozenset[str] | None = None
    ground: str = ""
    hall: str = ""

    @property
    def is_representative(self) -> bool:
        """Tell whether they act for another."""
        return self.scope is not None

    def standing(self, action: str) -> frozenset[Role]:
        """Return the roles that count for one action: in their scope representatives stand in for the citizen."""
        if self.scope is None:
            return self.roles
        return frozenset({Role.CITIZEN if action in self.scope else Role.PUBLIC})

    def stands_for(self, action: str) -> bool:
        """Tell whether they may be offered what a citizen does: who acts for another only within their scope."""
        return Role.CITIZEN in self.standing(action)

    def as_person(self) -> Self:
        """Return the same without the body they may also work for: an employer is no party in one's own matters."""
        return replace(self, roles=self.roles & {Role.CITIZEN, Role.REPRESENTATIVE}, body="", area="")

    def has(self, role: Role) -> bool:
        """Tell whether the actor holds a role."""
        return role in self.roles


ANYONE = Actor(key="public", roles=frozenset({Role.PUBLIC}))


def platform(process: str) -> Actor:
    """Return the platform acting by itself, named by its process: it may keep clocks, never decide on a person."""
    return Actor(key=f"platform:{process}", roles=frozenset({Role.PLATFORM}))
