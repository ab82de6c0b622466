"""The badge of an honour: an image that says where it stands at this moment, wherever it is shown; it names nobody."""

from __future__ import annotations

from typing import Final

from chengxin.honours.contracts import Standing
from chengxin.ui.facade import badge_of

# Ground and sign: only what was withdrawn is red.
_GOOD: Final = ("#1E6B3A", "✓")
_ENDED: Final = ("#5F6368", "–")
_LOOKS: Final = {Standing.AWARDED: _GOOD, Standing.NOTICED: ("#1A56A6", "i"), Standing.WITHDRAWN: ("#B3261E", "✕")}


def picture(standing: Standing, *, words: str, line: str) -> bytes:
    """Return the image: a state in words and sign, and the honour; it needs no script and loads nothing."""
    colour, sign = _LOOKS.get(standing, _ENDED)
    return badge_of(colour, sign, bold=line, plain=words, is_bold_in_colour=False)
