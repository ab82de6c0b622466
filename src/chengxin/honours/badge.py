"""The badge of an honour: an image that says where it stands at this moment, wherever it is shown; it names nobody."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape

from chengxin.honours.contracts import Standing

# Ground and sign: only what was withdrawn is red.
_GOOD: Final = ("#1E6B3A", "✓")
_ENDED: Final = ("#5F6368", "–")
_LOOKS: Final = {Standing.AWARDED: _GOOD, Standing.NOTICED: ("#1A56A6", "i"), Standing.WITHDRAWN: ("#B3261E", "✕")}


def picture(standing: Standing, *, words: str, line: str) -> bytes:
    """Return the image: a state in words and sign, and the honour; it needs no script and loads nothing."""
    colour, sign = _LOOKS.get(standing, _ENDED)
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="260" height="64" role="img" viewBox="0 0 260 64">'
        f"<title>{escape(f'{line} {words}')}</title>"
        f'<rect x="1" y="1" width="258" height="62" rx="6" fill="#fff" stroke="{colour}" stroke-width="2"/>'
        f'<circle cx="32" cy="32" r="16" fill="{colour}"/>'
        f'<text x="32" y="39" font-size="20" font-weight="700" fill="#fff" text-anchor="middle">{sign}</text>'
        f'<g font-family="sans-serif"><text x="60" y="28" font-size="17" font-weight="700" fill="#1B1B1B">'
        f'{escape(line)}</text><text x="60" y="49" font-size="13" fill="{colour}">{escape(words)}</text></g></svg>'
    )
    return svg.encode()
