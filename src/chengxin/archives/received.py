"""“谁收到过” in words: which bodies received a record, which version, how and for what."""

from __future__ import annotations

from django.utils.translation import gettext as _

from chengxin.archives.bodies import body_name
from chengxin.archives.contracts import OwnLine
from chengxin.archives.looks import purpose_name
from chengxin.ui.facade import Cell, Column, Table, moment


def received_table(own: OwnLine) -> Table | None:
    """Return who received a record, or None when nobody did; the source body filed it and is not among them."""
    rows = [
        (
            Cell(value=body_name(one.body)),
            Cell(value=moment(one.received_at)),
            Cell(value=str(one.version)),
            Cell(value=_way(one.outlet)),
            Cell(value=purpose_name(one.purpose)),
        )
        for one in own.received
    ]
    if not rows:
        return None
    columns = (
        Column(title=_("单位")),
        Column(title=_("首次收到")),
        Column(title=_("版本")),
        Column(title=_("途径")),
        Column(title=_("用途")),
    )
    return Table(caption=_("谁收到过这一条"), columns=columns, rows=rows)


def _way(outlet: str) -> str:
    ways = {
        "public.subject": _("接口：公示信息"),
        "report.verify": _("核验您给出的报告"),
        "query.authorised": _("您同意的查询"),
        "query.statutory": _("依法进行的查询"),
        "public.lists": _("名单比对"),
        "matching.persons": _("名单比对"),
        "self.presented": _("您出示的内容"),
    }
    return ways.get(outlet, _("其他途径"))
