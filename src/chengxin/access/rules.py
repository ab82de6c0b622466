"""The one decision: may this actor do this, on this, for this purpose, now?"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from chengxin.access.contracts import (
    BEYOND_SCOPE,
    Allow,
    AuthorisationLike,
    CaseLike,
    Decisions,
    Deny,
    Obligation,
    Post,
    Purpose,
    PurposeRuleLike,
    Resource,
    Rule,
)
from chengxin.access.relations import RELATIONS
from chengxin.kernel.actor import Actor
from chengxin.kernel.refusal import Refusal

NO_RIGHT = "A-NO-RIGHT"
PROVE_AGAIN = "A-PROVE-AGAIN"


def decide(
    actor: Actor,
    *,
    action: str,
    resource: Resource,
    purpose: str,
    now: datetime,
    table: Decisions,
    basis: tuple[str, ...] = (),
    authorisation: AuthorisationLike | None = None,
    purpose_rule: PurposeRuleLike | None = None,
    case: CaseLike | None = None,
) -> Allow | Deny:
    """Allow what one row of the table allows and deny the rest; pure and total.

    A purpose rule (用途规则) comes in as a value: where one is given, or the row wants one, it must fit, and it only
    narrows. `case` is the case as it was found at its source, never a number somebody typed.

    `basis` adds the articles a caller stands on to those of the purpose. The denial says what was missing only as
    far as the actor may know: that a thing exists is never told to who may not see it.
    """
    declared = table.purposes.get(purpose)
    if declared is None:
        return Deny(refusal=_no_purpose(purpose))
    rules = [rule for rule in table.rules.get(action, ()) if _is_for(rule, actor, purpose)]
    if not rules:
        return Deny(refusal=BEYOND_SCOPE if actor.is_representative else _no_right())
    standing = [rule for rule in rules if _stands(rule, actor, resource)]
    if not standing:
        return Deny(refusal=_why_not_standing(rules, actor, resource))
    refusals = [
        _why_not_carried(
            rule, purpose_rule, authorisation, case, actor=actor, resource=resource, purpose=purpose, now=now
        )
        for rule in standing
    ]
    for rule, refusal in zip(standing, refusals, strict=True):
        if refusal is None:
            return _allow(rule, declared, basis, purpose_rule=purpose_rule, now=now)
    return Deny(refusal=refusals[0] or _no_right())


def roles_in_force(posts: tuple[Post, ...], *, body: str, on: date) -> frozenset[str]:
    """Return the roles of the posts for a body that are in force on a day."""
    return frozenset(
        post.role
        for post in posts
        if post.body == body and post.starts_on <= on and (post.ends_on is None or on < post.ends_on)
    )


def account_key(account_id: UUID) -> str:
    """Return how an account is named in the log."""
    return f"account:{account_id}"


def account_id_of(key: str) -> UUID:
    """Return the account the log names by a key; raises ValueError for what is no account."""
    return UUID(key.removeprefix("account:"))


def _is_for(rule: Rule, actor: Actor, purpose: str) -> bool:
    return bool(rule.roles & actor.standing(rule.action)) and purpose in rule.purposes


def _stands(rule: Rule, actor: Actor, resource: Resource) -> bool:
    return all(RELATIONS[relation](actor, resource) for relation in rule.relations)


def _why_not_standing(rules: list[Rule], actor: Actor, resource: Resource) -> Refusal:
    """Tell four eyes apart, because who proposed a thing knows that it exists; everything else looks absent."""
    for rule in rules:
        failed = [relation for relation in rule.relations if not RELATIONS[relation](actor, resource)]
        if failed == ["not_proposer"]:
            return Refusal(
                code="A-FOUR-EYES",
                what="这件事需要由另一个人决定。",
                why="提出的人和决定的人不能是同一人。",
                next_step="请转给本单位另一位有审核权的同事。",
            )
    return _absent()


def _why_not_carried(
    rule: Rule,
    purpose_rule: PurposeRuleLike | None,
    authorisation: AuthorisationLike | None,
    case: CaseLike | None,
    *,
    actor: Actor,
    resource: Resource,
    purpose: str,
    now: datetime,
) -> Refusal | None:
    """Ask the purpose rule, the permission, the case and the proof that must carry a look, in this order."""
    consent = rule.needs_authorisation or (purpose_rule is not None and purpose_rule.needs_consent)
    return (
        why_not_ruled(purpose_rule, resource, purpose=purpose, is_needed=rule.needs_purpose_rule)
        or _why_not_authorised(resource, authorisation, now, is_needed=consent)
        or why_not_in_case(case, actor, resource, is_needed=purpose_rule is not None and purpose_rule.needs_case)
        or why_not_proved(actor, is_needed=rule.needs_fresh_proof)
    )


def _why_not_authorised(
    resource: Resource, authorisation: AuthorisationLike | None, now: datetime, *, is_needed: bool
) -> Refusal | None:
    if not is_needed:
        return None
    if authorisation is None or not resource.item_code or resource.item_code not in authorisation.items:
        return Refusal(
            code="A-NO-AUTHORISATION",
            what="没有覆盖这些信息的授权。",
            why="查询他人信息需要本人授权或者法定依据。",
            next_step="请先取得本人授权，或者注明法定程序的编号。",
            basis=("PIPL/13",),
        )
    if now >= authorisation.until or (authorisation.revoked_at is not None and now >= authorisation.revoked_at):
        return Refusal(
            code="A-AUTHORISATION-ENDED",
            what="授权已经到期或者撤回。",
            next_step="没有提供任何数据。需要时请重新取得授权。",
            basis=("PIPL/15",),
        )
    return None


def _allow(
    rule: Rule, purpose: Purpose, basis: tuple[str, ...], *, purpose_rule: PurposeRuleLike | None, now: datetime
) -> Allow:
    articles = tuple(dict.fromkeys((*purpose.basis, *basis)))
    if purpose_rule is None:
        return Allow(fields=rule.fields, is_masked=rule.is_masked, obligations=rule.obligations, basis=articles)
    life = purpose_rule.data_life_days
    told = {Obligation.NOTIFY} if purpose_rule.notifies else set()
    copied = {Obligation.DELETE_BY, Obligation.WATERMARK} if life is not None else set()
    return Allow(
        fields=rule.fields,
        is_masked=rule.is_masked,
        obligations=rule.obligations | {Obligation.LOG} | told | copied,
        basis=articles,
        only=purpose_rule.fields or None,
        delete_by=now + timedelta(days=life) if life is not None else None,
    )


def why_not_ruled(
    purpose_rule: PurposeRuleLike | None, resource: Resource, *, purpose: str, is_needed: bool
) -> Refusal | None:
    """Return why no purpose rule carries a look, or None; a rule for something else is as good as none."""
    fits = purpose_rule is None or (purpose_rule.purpose == purpose and resource.item_code in purpose_rule.items)
    if fits and not (is_needed and purpose_rule is None):
        return None
    return Refusal(
        code="A-NO-PURPOSE-RULE",
        what="没有一条用途规则允许为这个用途查询这类信息。",
        why="谁能为什么用途查询哪些信息，要先登记并公布。",
        next_step="请核对用途和目录条目；确有法定职责的，请向信用办申请登记。",
        basis=("PIPL/6",),
    )


def why_not_in_case(case: CaseLike | None, actor: Actor, resource: Resource, *, is_needed: bool) -> Refusal | None:
    """Return why a case does not explain a look, or None: it must be open, the actor's, and about this subject."""
    if case is None:
        held = not is_needed
    else:
        others = case.subject_id is not None and case.subject_id != resource.subject_id
        held = bool(actor.body) and actor.body in case.parties and not case.is_closed and not others
    if held:
        return None
    return Refusal(
        code="A-NO-CASE",
        what="没有找到与这次查询相符的在办案件。",
        why="这个用途只能在办理案件时使用，案件编号要在来源系统核对。",
        next_step="请填写正在办理、由本单位承办、并且针对同一主体的案件编号。",
        basis=("PIPL/6",),
    )


def why_not_proved(actor: Actor, *, is_needed: bool) -> Refusal | None:
    """Return why an act waits for a fresh proof of who is at the screen, or None."""
    if not (is_needed and actor.owes_proof):
        return None
    return Refusal(
        code=PROVE_AGAIN,
        what="请再次确认是您本人。",
        why="这一步事关重大，您上次验证身份已经有一段时间了。",
        next_step="请重新验证，然后继续。",
    )


def _no_purpose(purpose: str) -> Refusal:
    return Refusal(
        code="A-NO-PURPOSE",
        what="没有说明查询的用途，或者用途不在目录里。",
        why="每一次查询都要有明确、合法的目的。",
        next_step="请选择一个已登记的用途再试。",
        basis=("PIPL/6",),
        values={"purpose": purpose},
    )


def _no_right() -> Refusal:
    return Refusal(
        code=NO_RIGHT,
        what="您的岗位没有这项权限。",
        next_step="如果工作需要，请向本单位的安全管理员申请。",
    )


def _absent() -> Refusal:
    return Refusal(
        code="ABSENT",
        what="没有找到，或者您无权查看。",
        next_step="请核对编号；如果您认为应当能够看到，请联系本单位的安全管理员。",
    )
