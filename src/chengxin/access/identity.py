"""Who is asking: the actor of a request, of an account, and the transaction it may read in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import cast
from uuid import UUID

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from chengxin.access import models, proofs, queries
from chengxin.access.contracts import Account
from chengxin.access.decisions import get_purpose
from chengxin.access.rules import account_key, roles_in_force
from chengxin.database.contracts import Channel, Context
from chengxin.database.facade import acting
from chengxin.kernel.actor import ANYONE, Actor, Role
from chengxin.kernel.clock import legal_day, now
from chengxin.kernel.refusal import Refusal, Refused

ACTING_BODY = "acting_body"
_COUNTER = "counter"  # The ground of who fills in for a person before them (representation).


def actor_of(request: HttpRequest) -> Actor:
    """Return the actor of a request: the public, a citizen, or staff acting for one body with a second factor."""
    known: Actor | None = getattr(request, "chengxin_actor", None)
    if known is None:
        known = _in_place_of(request, _actor_of_session(request))
        request.chengxin_actor = known  # type: ignore[attr-defined]
    return known


def act_for(request: HttpRequest, subject_id: UUID, *, scope: frozenset[str], ground: str) -> None:
    """Let the signed-in account act for another person (代为办理) in this request, within a scope, as nobody else."""
    request.chengxin_represents = (subject_id, scope, ground)  # type: ignore[attr-defined]
    request.chengxin_actor = None  # type: ignore[attr-defined]
    request.actor = SimpleLazyObject(lambda: actor_of(request))  # type: ignore[attr-defined]


def representing(actor: Actor, subject_id: UUID, *, scope: frozenset[str], ground: str) -> Actor:
    """Return the actor somebody is while acting for a person: no post, no body, no right of their own goes along.

    At a counter the hall is named, and nothing rests on it.
    """
    roles = frozenset({Role.REPRESENTATIVE})
    hall = actor.body if ground == _COUNTER else ""
    return replace(actor, roles=roles, body="", area="", subject_id=subject_id, scope=scope, ground=ground, hall=hall)


def actor_for_account(account: Account, *, on: date, body: str = "") -> Actor:
    """Return the actor an account is on a day; with posts for several bodies it acts for one at a time."""
    if not account.is_active:
        return ANYONE
    posts = () if account.is_frozen else account.posts
    bodies = sorted({post.body for post in posts})
    chosen = body if body in bodies else next(iter(bodies), "")
    roles = {Role(role) for role in roles_in_force(posts, body=chosen, on=on)}
    area = next((post.area for post in posts if post.body == chosen), "")
    if account.subject_id is not None:
        roles.add(Role.CITIZEN)
    return Actor(
        key=account_key(account.id),
        roles=frozenset(roles or {Role.PUBLIC}),
        body=chosen,
        area=area,
        subject_id=account.subject_id,
    )


def staff_of(request: HttpRequest) -> Actor:
    """Return who asks as staff of the body they act for, or refuse."""
    actor = actor_of(request)
    if not actor.body:
        raise Refused(Refusal(code="SIGN_IN_REQUIRED", what="请先登录。", next_step="请用本单位的账户登录。"))
    return actor


@contextmanager
def acting_for(
    actor: Actor, *, channel: Channel, purpose: str, case_ref: str = "", attended_id: UUID | None = None
) -> Iterator[None]:
    """Open the transaction in which an actor reads and acts for a declared purpose (用途).

    `attended_id` is who is served at a counter or asked about in a query; row security believes it in those channels.
    """
    try:
        get_purpose(purpose)
    except LookupError:
        raise Refused(
            Refusal(
                code="A-NO-PURPOSE",
                what="没有说明查询的用途，或者用途不在目录里。",
                why="每一次查询都要有明确、合法的目的。",
                next_step="请选择一个已登记的用途再试。",
                basis=("PIPL/6",),
            )
        ) from None
    with acting(Context.of(actor, channel=channel, purpose=purpose, case_ref=case_ref, attended_id=attended_id)):
        yield


def _in_place_of(request: HttpRequest, actor: Actor) -> Actor:
    # Found anew after a fresh proof too: an act begun for another never ends up as one's own.
    chosen = getattr(request, "chengxin_represents", None)
    if chosen is None or actor == ANYONE:
        return actor
    subject_id, scope, ground = chosen
    return representing(actor, subject_id, scope=scope, ground=ground)


def _actor_of_session(request: HttpRequest) -> Actor:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ANYONE
    on = legal_day(now())
    account = queries.account_of(cast("models.Account", user), on=on)
    request.chengxin_slowed_to = account.slowed_to  # type: ignore[attr-defined]
    if account.posts and not proofs.has_second_factor(request):
        request.chengxin_owes_factor = True  # type: ignore[attr-defined]
        account = replace(account, posts=())
    actor = actor_for_account(account, on=on, body=request.session.get(ACTING_BODY, ""))
    return actor if actor == ANYONE else replace(actor, owes_proof=not proofs.is_fresh(request))
