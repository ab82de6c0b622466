"""Pictures a page can show without a script."""

from __future__ import annotations

from xml.sax.saxutils import escape

import segno

INK = "#1B1B1B"
# One of the eight masks of ISO/IEC 18004, each of which a reader undoes: weighing all eight takes six times as long.
_MASK = 3


def qr_code(address: str) -> segno.QRCode:
    """Return an address as a QR code; one in seven of its words may be lost."""
    return segno.make(address, error="m", mask=_MASK)


def qr_of(address: str) -> str:
    """Return an address as a QR code for `src`."""
    return str(qr_code(address).svg_data_uri(scale=5))


def badge_of(colour: str, sign: str, *, bold: str, plain: str, is_bold_in_colour: bool) -> bytes:
    """Return a badge as SVG: a frame and a sign in one colour, two lines of words of which one is in that colour.

    It needs no script and loads nothing, so that any site can show it.
    """
    inks = (colour, INK) if is_bold_in_colour else (INK, colour)
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="260" height="64" role="img" viewBox="0 0 260 64">'
        f"<title>{escape(f'{bold} {plain}')}</title>"
        f'<rect x="1" y="1" width="258" height="62" rx="6" fill="#fff" stroke="{colour}" stroke-width="2"/>'
        f'<circle cx="32" cy="32" r="16" fill="{colour}"/>'
        f'<text x="32" y="39" font-size="20" font-weight="700" fill="#fff" text-anchor="middle">{sign}</text>'
        f'<g font-family="sans-serif"><text x="60" y="28" font-size="17" font-weight="700" fill="{inks[0]}">'
        f'{escape(bold)}</text><text x="60" y="49" font-size="12" fill="{inks[1]}">{escape(plain)}</text></g></svg>'
    )
    return svg.encode()
