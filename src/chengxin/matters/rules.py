"""Who may open a matter: the body that handles its kind, with a number."""

from __future__ import annotations

from collections.abc import Iterable

from chengxin.kernel.refusal import Refusal
from chengxin.law.facade import cites
from chengxin.matters.contracts import Asked


@cites("PIPL/34", "SD/20", "SZ/37")
def why_not_open(asked: Asked, *, body_fields: Iterable[str]) -> Refusal | None:
    """Return why a matter may not be opened: the body does not handle its kind, or it says no number."""
    if not asked.kind.bodies & set(body_fields):
        return Refusal(
            code="MATTER-NOT-YOURS",
            what="本单位不办理这个事项。",
            why="只能为本单位法定职责内的事项查看信息。",
            next_step="请选择本单位办理的事项。",
            basis=("PIPL/34", "SD/20"),
            field="kind",
        )
    if not asked.number.strip():
        return Refusal(
            code="MATTER-NO-NUMBER",
            what="请填写办件编号。",
            why="每一次查看都要对应一件正在办理的事项。",
            next_step="编号在本单位的受理单上。",
            basis=("PIPL/34",),
            field="number",
        )
    return None
