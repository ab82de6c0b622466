"""What the platform looks after by itself each day (店铺巡查): who is behind a shop, and what covers its goods.

It looks at what stands, never at what it did, so it may run twice and after days away. It finds and tells; what is done
about a shop is decided by people of its platform.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Ref
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import platform
from chengxin.kernel.clock import legal_day
from chengxin.kernel.ids import new_id
from chengxin.market import models
from chengxin.market.actions import compare, note_verification
from chengxin.market.contracts import FILING, Licence, Seller, ShopFacts, Standing
from chengxin.market.queries import facts_of, shop_of
from chengxin.market.rules import STEPS, days_before, missing_of, reminder_of
from chengxin.notices.facade import serve

WATCH: Final = platform("market")
GAP: Final = "licence_gap"
AT_ONCE: Final = 200


def look_after(*, now: datetime) -> Mapping[str, int]:
    """Look at every open shop of an operator once; return what was found."""
    done = {"looked": 0, "changed": 0, "reminded": 0, "opened": 0, "covered": 0}
    after = UUID(int=0)
    while True:
        with access.acting_for(WATCH, channel=Channel.JOB, purpose=FILING), transaction.atomic():
            rows = _next(after, now=now)
            for row in rows:
                for what, count in _look_at(row, now=now).items():
                    done[what] += count
        if not rows:
            return done
        after = rows[-1].id


def _next(after: UUID, *, now: datetime) -> list[models.Shop]:
    still = Q(closed_on__isnull=True) | Q(closed_on__gt=legal_day(now))
    found = models.Shop.objects.filter(still, seller=Seller.OPERATOR.value, id__gt=after).order_by("id")
    return list(found.select_for_update(skip_locked=True)[:AT_ONCE])


def _look_at(row: models.Shop, *, now: datetime) -> Mapping[str, int]:
    subject_id, standing = compare(row.uscc, row.claimed_name)
    changed = standing.value != row.standing
    if changed:
        row.subject_id, row.standing = subject_id, standing.value
        row.save(update_fields=["subject_id", "standing"])
        note_verification(row, actor_key=WATCH.key, now=now)
    facts = facts_of(shop_of(row), now=now)
    return {
        "looked": 1,
        "changed": int(changed),
        "reminded": _remind(facts, now=now),
        **_follow_gap(facts, now=now),
    }


def _remind(facts: ShopFacts, *, now: datetime) -> int:
    """Send each reminder that is due and was not sent: to the operator and to the platform."""
    sent = 0
    for cover in facts.covers:
        licence = cover.licence
        step = reminder_of(licence.valid_until, on=legal_day(now)) if licence else ""
        if licence is None or not step or not _is_first(facts, licence, step, now=now):
            continue
        sent += 1
        told = {"number": facts.shop.number, "item": licence.title, "day": str(licence.valid_until)}
        _tell(facts, "licence_ends", told, now=now)
    return sent


def _is_first(facts: ShopFacts, licence: Licence, step: str, *, now: datetime) -> bool:
    """Note a reminder, and with it the earlier ones that a watch that was away has missed; tell whether it is new."""
    on, until = legal_day(now), licence.valid_until
    assert until is not None
    missed = [one for one in STEPS if days_before(one, on=on) >= days_before(step, on=on)]
    made = models.Reminder.objects.bulk_create(
        [
            models.Reminder(
                id=new_id(now),
                shop_id=facts.shop.id,
                record_id=licence.record_id,
                step=one,
                valid_until=until,
                at=now,
            )
            for one in missed
            if not models.Reminder.objects.filter(
                shop_id=facts.shop.id, record_id=licence.record_id, valid_until=until, step=one
            ).exists()
        ]
    )
    return any(one.step == step for one in made)


def _follow_gap(facts: ShopFacts, *, now: datetime) -> Mapping[str, int]:
    """Open a case for a shop that lacks a licence, once; close it when the licence is there."""
    shop = facts.shop
    standing = casework.find_open_case(GAP, ref_id=str(shop.id))
    # Whose register entry does not agree is asked to put that right first: the licences are another's.
    missing = missing_of(facts.covers) if shop.standing is Standing.AGREES else ()
    if missing and standing is None:
        casework.open_case(
            GAP,
            ref=Ref(kind="shop", id=str(shop.id), subject_id=shop.subject_id),
            body=shop.platform,
            opened_by=WATCH,
            facts={"categories": list(missing)},
            now=now,
        )
        _tell(facts, "licence_missing", {"number": shop.number}, now=now)
        return {"opened": 1, "covered": 0}
    if standing is not None and not missing:
        casework.take(standing.id, verb="cover", actor=WATCH, now=now)
        return {"opened": 0, "covered": 1}
    return {"opened": 0, "covered": 0}


def _tell(facts: ShopFacts, text: str, parameters: Mapping[str, str], *, now: datetime) -> None:
    """Serve a notice on the platform, and on the operator if the register knows it."""
    shop = facts.shop
    for subject, body in ((None, shop.platform), (shop.subject_id, "")):
        if subject is not None or body:
            serve(
                kind=f"market.{text}",
                text=text,
                parameters=parameters,
                reference=str(shop.id),
                to_subject=subject,
                to_body=body,
                actor=WATCH,
                now=now,
            )
