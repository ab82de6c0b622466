"""`decide` with the decision table that ships with the platform."""

from __future__ import annotations

from datetime import datetime

from chengxin.access import rules
from chengxin.access.contracts import (
    Allow,
    AuthorisationLike,
    CaseLike,
    Deny,
    ProofNeeded,
    Purpose,
    PurposeRuleLike,
    Resource,
)
from chengxin.access.tables import decisions
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.refusal import Refusal, Refused

# Who is nobody yet is told to sign in, whatever the post it would take.
_SIGN_IN = Refusal(code="SIGN_IN_REQUIRED", what="请先登录。", next_step="请用您的账户登录，再打开这一页。")


def decide(
    actor: Actor,
    *,
    action: str,
    resource: Resource,
    purpose: str,
    now: datetime,
    basis: tuple[str, ...] = (),
    authorisation: AuthorisationLike | None = None,
    purpose_rule: PurposeRuleLike | None = None,
    case: CaseLike | None = None,
) -> Allow | Deny:
    """Say whether an actor may do an action on a resource for a purpose, and on what conditions."""
    return rules.decide(
        actor,
        action=action,
        resource=resource,
        purpose=purpose,
        now=now,
        table=decisions(),
        basis=basis,
        authorisation=authorisation,
        purpose_rule=purpose_rule,
        case=case,
    )


def require(
    actor: Actor,
    *,
    action: str,
    resource: Resource,
    purpose: str,
    now: datetime,
    basis: tuple[str, ...] = (),
    authorisation: AuthorisationLike | None = None,
    purpose_rule: PurposeRuleLike | None = None,
    case: CaseLike | None = None,
) -> Allow:
    """Return the permission, or raise `Refused` with why not or where to sign in, or `ProofNeeded`."""
    answer = decide(
        actor,
        action=action,
        resource=resource,
        purpose=purpose,
        now=now,
        basis=basis,
        authorisation=authorisation,
        purpose_rule=purpose_rule,
        case=case,
    )
    if isinstance(answer, Deny):
        if answer.refusal.code == rules.PROVE_AGAIN:
            raise ProofNeeded
        raise Refused(_SIGN_IN if actor == ANYONE and answer.refusal.code == rules.NO_RIGHT else answer.refusal)
    return answer


def require_fresh_proof(actor: Actor) -> None:
    """Raise `ProofNeeded` unless the actor proved a short while ago who is at the screen."""
    if actor.owes_proof:
        raise ProofNeeded


def get_purpose(code: str) -> Purpose:
    """Return a declared purpose; raises LookupError for one that is not declared."""
    try:
        return decisions().purposes[code]
    except KeyError:
        raise LookupError(f"The purpose {code} is not declared.") from None


def list_purposes() -> list[Purpose]:
    """Return the declared purposes in the order of the file."""
    return list(decisions().purposes.values())


def authorised_purposes() -> frozenset[str]:
    """Return the purposes for which nothing is opened without a live permission, checked in the same transaction."""
    return frozenset().union(
        *(rule.purposes for rows in decisions().rules.values() for rule in rows if rule.needs_authorisation)
    )
