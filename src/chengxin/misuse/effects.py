"""What the verbs of a misuse case do beside moving it; nothing here changes anything for a subject but a notice."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from chengxin.access import facade as access
from chengxin.casework.contracts import Taken
from chengxin.catalogue import facade as catalogue
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.law.facade import cites
from chengxin.misuse import models
from chengxin.notices import facade as notices


def require_heard(taken: Taken) -> None:
    """Refuse a finding before the member of staff was heard, or was given ten days and said nothing."""
    alert = _alert(taken)
    if alert.explained_at is None and (taken.at - taken.case.opened_at).days < 10:
        raise Refused(
            Refusal(
                code="M-NOT-HEARD",
                what="还没有听取本人的说明。",
                why="认定之前，要给本人说明的机会。",
                next_step="请等候说明；满10日没有说明的，可以继续办理。",
            )
        )


def clear(taken: Taken) -> None:
    """Lift what limits the account: the looks were proper."""
    access.lift_restrictions(_alert(taken).account_id, actor=taken.actor, now=taken.at)


@cites("PIPL/57")
def confirm(taken: Taken) -> None:
    """Tell each person whose data was looked at: kinds, cause, possible harm, remedy, contact."""
    alert = _alert(taken)
    body = access.find_body(alert.body)
    looks: dict[UUID, list[models.Hit]] = defaultdict(list)
    for hit in models.Hit.objects.filter(alert_id=alert.id).order_by("looked_at", "id"):
        looks[hit.subject_id].append(hit)
    for subject_id, hits in looks.items():
        notices.serve(
            to_subject=subject_id,
            kind="misuse_found",
            text="misuse_found",
            parameters={
                "number": taken.case.number,
                "body": body.name_zh if body else alert.body,
                "day": legal_day(hits[0].looked_at).isoformat(),
                "count": str(len(hits)),
                "item": _kinds(hits),
            },
            reference=taken.case.number,
            actor=taken.actor,
            now=taken.at,
        )


def _kinds(hits: list[models.Hit]) -> str:
    """Name the kinds of information as the catalogue does; what has no item is the identity."""
    on = legal_day(hits[0].looked_at)
    codes = sorted({code for hit in hits for code in hit.categories})
    items = [catalogue.find_item(code, on=on) for code in codes]
    return "、".join(item.title.zh for item in items if item) or "姓名、证件号码等身份信息"


def _alert(taken: Taken) -> models.Alert:
    row = models.Alert.objects.filter(id=taken.case.ref.id).first()
    if row is None:
        raise Refused(Refusal(code="ABSENT", what="没有找到，或者您无权查看。", next_step="请核对编号。"))
    return row
