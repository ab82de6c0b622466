"""The badge of a shop (可信标识): an image that says 不匹配 on a foreign site, and the signed statement behind it.

A browser tells an image which site shows it (`Referer`, at least the origin). What that can and cannot prove: ADR 0065.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import orjson

from chengxin.crypto import facade as crypto
from chengxin.kernel.clock import legal_day
from chengxin.market.contracts import BadgeState, Shop
from chengxin.market.impersonations import find_impersonation
from chengxin.market.queries import shop_facts
from chengxin.market.rules import badge_of, host_of, missing_of
from chengxin.market.warning_queries import warnings_about
from chengxin.ui import facade as ui

KIND: Final = "shop-badge+jws"
# Ground, ink: the colours of the look, in which only what is wrong is red.
_COLOURS: Final = {
    BadgeState.MATCHES: ("#1E6B3A", "✓"),
    BadgeState.FOREIGN: ("#B3261E", "✕"),
    BadgeState.UNSAID: ("#1A56A6", "i"),
    BadgeState.IMPERSONATING: ("#B3261E", "✕"),
}
_OTHERS: Final = ("#8A5A00", "!")


def state(shop: Shop, site: str, *, now: datetime) -> BadgeState:
    """Say what the badge answers to a site at a moment; what covers the goods is read from public licences."""
    is_covered = not missing_of(shop_facts(shop.id, now=now).covers)
    is_warned = bool(warnings_about(shop, now=now))
    is_impersonating = find_impersonation(shop.id) is not None
    return badge_of(
        shop, site, is_covered=is_covered, is_warned=is_warned, is_impersonating=is_impersonating, on=legal_day(now)
    )


def statement(shop: Shop, site: str, *, now: datetime) -> str:
    """Return the same, signed: whoever keeps it can prove what was answered and when (compact JWS)."""
    said = {
        "shop": str(shop.id),
        "platform": shop.platform,
        "number": shop.number,
        "host": host_of(shop.address),
        "site": host_of(site),
        "state": state(shop, site, now=now).value,
        "at": now.isoformat(),
    }
    return crypto.statement_signer().sign(orjson.dumps(said), kind=KIND)


def picture(answer: BadgeState, *, words: str, line: str) -> bytes:
    """Return the image: a state in words and sign, and a second line; it needs no script and loads nothing."""
    colour, sign = _COLOURS.get(answer, _OTHERS)
    return ui.badge_of(colour, sign, bold=words, plain=line, is_bold_in_colour=True)
