"""Pictures a page can show without a script."""

from __future__ import annotations

import segno


def qr_of(address: str) -> str:
    """Return an address as a QR code for `src`."""
    return str(segno.make(address, error="m").svg_data_uri(scale=5))
