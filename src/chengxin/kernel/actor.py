"""Who acts: a person behind a screen, a registered client, or the platform itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What somebody may be trusted with (角色)."""

    PUBLIC = "public"
    CITIZEN = "citizen"
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
    """

    key: str
    roles: frozenset[Role]
    body: str = ""
    area: str = ""
    subject_id: UUID | None = None
    owes_proof: bool = False

    def has(self, role: Role) -> bool:
        """Tell whether the actor holds a role."""
        return role in self.roles


ANYONE = Actor(key="public", roles=frozenset({Role.PUBLIC}))


def platform(process: str) -> Actor:
    """Return the platform acting by itself, named by its process: it may keep clocks, never decide on a person."""
    return Actor(key=f"platform:{process}", roles=frozenset({Role.PLATFORM}))
