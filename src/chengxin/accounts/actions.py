"""Propose the reset of a lost factor, and appeal against the limits of one's own account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chengxin.access import facade as access
from chengxin.access.contracts import Resource, Restriction
from chengxin.accounts.telling import tell_holder
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Ref, Step
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import Actor, Role, platform
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused

PURPOSE = "administration"
CLERK = platform("accounts")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What limits an account, and the appeal against it as its holder sees it."""

    restrictions: tuple[Restriction, ...]
    appeal: Case | None
    steps: tuple[Step, ...]


def propose_reset(username: str, *, actor: Actor, now: datetime, reasons: str, evidence: Sequence[str] = ()) -> Case:
    """Propose to reset the second factors of an account (提出重置); nothing happens before another confirms."""
    account = access.find_account(username, on=legal_day(now))
    if account is None or not access.holds_factor(account.id):
        raise Refused(
            Refusal(
                code="AC-NO-FACTOR",
                what="没有这个账户，或者它没有设置第二重验证。",
                next_step="请核对用户名。",
                field="username",
            )
        )
    area = min((post.area for post in account.posts), default=actor.area)
    access.require(actor, action="access.reset_factor", resource=Resource(area=area), purpose=PURPOSE, now=now)
    if actor.key == access.account_key(account.id):
        raise Refused(
            Refusal(code="AC-OWN-ACCOUNT", what="不能提出重置自己的账户。", next_step="请由另一位管理员办理。")
        )
    with access.acting_for(actor, channel=Channel.OFFICE, purpose=PURPOSE):
        open_one = casework.find_open_case("factor_reset", ref_id=str(account.id))
        if open_one is not None:
            return open_one
        case = casework.open_case(
            "factor_reset",
            ref=Ref(kind="account", id=str(account.id)),
            body=actor.body,
            opened_by=actor,
            now=now,
            reasons=reasons,
            evidence=evidence,
        )
        tell_holder(account.id, text="factor_reset_asked", number=case.number, actor=actor, now=now)
    return case


def standing_of(actor: Actor, *, now: datetime) -> Standing:
    """Return what limits the account that asks, and its appeal if it made one."""
    account_id = _own(actor)
    found = access.list_restrictions(account_id, now=now)
    with access.acting_for(CLERK, channel=Channel.JOB, purpose=PURPOSE):
        case = casework.find_latest_case("account_appeal", ref_id=str(account_id))
        steps = tuple(casework.timeline(case.id, actor=CLERK)) if case else ()
    return Standing(restrictions=found, appeal=case, steps=steps)


def appeal(actor: Actor, *, text: str, now: datetime) -> Case:
    """Appeal against the limits of one's own account (账户申诉); another than who ordered them decides."""
    standing = standing_of(actor, now=now)
    if not standing.restrictions:
        raise Refused(Refusal(code="AC-NOT-LIMITED", what="您的账户没有受到限制。", next_step="不需要申诉。"))
    if standing.appeal is not None and not standing.appeal.is_closed:
        raise Refused(Refusal(code="AC-APPEALED", what="您已经申诉，正在办理。", next_step="请等候答复。"))
    account_id = _own(actor)
    ordered_by = standing.restrictions[0].ordered_by
    body = _who_decides(account_id, ordered_by=ordered_by, now=now)
    with access.acting_for(CLERK, channel=Channel.JOB, purpose=PURPOSE):
        return casework.open_case(
            "account_appeal",
            ref=Ref(kind="account", id=str(account_id)),
            body=body,
            opened_by=CLERK,
            now=now,
            reasons=text,
            proposed_by=ordered_by,
        )


def _who_decides(account_id: UUID, *, ordered_by: str, now: datetime) -> str:
    """Return the nearest body over the account with a security administrator who did not order it."""
    on = legal_day(now)
    account = access.find_account_by_id(account_id, on=on)
    area = min((post.area for post in account.posts), default="") if account else ""
    apart_from = {account_id} | ({access.account_id_of(ordered_by)} if ordered_by.startswith("account:") else set())
    body = access.nearest_with(Role.SECURITY_ADMIN, area=area, on=on, apart_from=apart_from)
    if body is None:
        raise Refused(
            Refusal(
                code="AC-NOBODY",
                what="暂时没有另一位安全管理员可以办理。",
                why="申诉要由作出决定以外的人办理。",
                next_step="请联系上级信用办。",
            )
        )
    return body.code


def _own(actor: Actor) -> UUID:
    try:
        return access.account_id_of(actor.key)
    except ValueError:
        raise Refused(
            Refusal(code="SIGN_IN_REQUIRED", what="请先登录。", next_step="登录后可以看到您账户的限制。")
        ) from None
