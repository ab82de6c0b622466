"""Tell the holder of an account what happens to it, in words without content."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengxin.access import facade as access
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.notices import facade as notices


def tell_holder(account_id: UUID, *, text: str, number: str, actor: Actor, now: datetime) -> None:
    """Serve a notice to the person whose account it is, or else to the bodies it works for."""
    account = access.find_account_by_id(account_id, on=legal_day(now))
    if account is None:
        return
    for body in [""] if account.subject_id else sorted({post.body for post in account.posts}):
        notices.serve(
            kind=f"accounts.{text}",
            text=text,
            parameters={"number": number},
            reference=number,
            actor=actor,
            now=now,
            to_subject=account.subject_id,
            to_body=body,
        )
