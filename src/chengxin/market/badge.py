"""The badge of a shop (可信标识): an image that says 不匹配 on a foreign site, and the signed statement behind it.

A browser tells an image which site shows it (`Referer`, at least the origin). What that can and cannot prove: ADR 0065.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from xml.sax.saxutils import escape

import orjson

from chengxin.crypto import facade as crypto
from chengxin.kernel.clock import legal_day
from chengxin.market.contracts import BadgeState, Shop
from chengxin.market.queries import shop_facts
from chengxin.market.rules import badge_of, host_of, missing_of

KIND: Final = "shop-badge+jws"
# Ground, ink: the colours of the look, in which only what is wrong is red.
_COLOURS: Final = {
    BadgeState.MATCHES: ("#1E6B3A", "✓"),
    BadgeState.FOREIGN: ("#B3261E", "✕"),
    BadgeState.UNSAID: ("#1A56A6", "i"),
}
_OTHERS: Final = ("#8A5A00", "!")


def state(shop: Shop, site: str, *, now: datetime) -> BadgeState:
    """Say what the badge answers to a site at a moment; what covers the goods is read from public licences."""
    is_covered = not missing_of(shop_facts(shop.id, now=now).covers)
    return badge_of(shop, site, is_covered=is_covered, on=legal_day(now))


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
    title = escape(f"{words} {line}")
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="260" height="64" role="img" viewBox="0 0 260 64">'
        f"<title>{title}</title>"
        f'<rect x="1" y="1" width="258" height="62" rx="6" fill="#fff" stroke="{colour}" stroke-width="2"/>'
        f'<circle cx="32" cy="32" r="16" fill="{colour}"/>'
        f'<text x="32" y="39" font-size="20" font-weight="700" fill="#fff" text-anchor="middle">{sign}</text>'
        f'<g font-family="sans-serif"><text x="60" y="28" font-size="17" font-weight="700" fill="{colour}">'
        f'{escape(words)}</text><text x="60" y="49" font-size="12" fill="#1B1B1B">{escape(line)}</text></g></svg>'
    )
    return svg.encode()
