"""What a breach notice says, from the codes of its assessment; the same for persons and for the authority."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings

from chengxin.breaches.words import said_in
from chengxin.catalogue import facade as catalogue
from chengxin.kernel.clock import legal_day
from chengxin.ui.facade import day

IDENTITY = "姓名、证件号码等身份信息"


def contents_of(assessment: Mapping[str, Any], *, number: str, found_on: date, on: datetime) -> dict[str, str]:
    """Return everything article 57 lists: kinds, cause, harm, remedies, what one can do, contact."""
    names = [catalogue.find_item(code, on=legal_day(on)) for code in assessment["items"]]
    kinds = "、".join(item.title.zh for item in names if item) or IDENTITY
    site = settings.SITE
    return {
        "number": number,
        "day": day(found_on),
        "item": kinds,
        "cause": said_in("zh", "cause", [assessment["cause"]]),
        "harm": said_in("zh", "harm", assessment["harm"]),
        "measures": said_in("zh", "remedies", assessment["remedies"]),
        "advice": said_in("zh", "advice", assessment["advice"]),
        "contact": f"{site['operator'] or site['name']} {site['phone']}".strip(),
    }
