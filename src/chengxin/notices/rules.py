"""What a notice may carry: numbers, days, codes and item titles; nothing of a person."""

from __future__ import annotations

import re
from collections.abc import Mapping

from chengxin.kernel.refusal import Refusal

ALLOWED = frozenset({"number", "day", "item", "count", "body", "state", "code", "days"})
# What a breach notice tells (PIPL 57), in words of a closed list, and where to call.
ALLOWED_OF_BREACH = frozenset({"cause", "harm", "measures", "advice", "contact"})
_LONG_DIGITS = re.compile(r"\d{11,}[0-9Xx]?")


def why_not_carried(parameters: Mapping[str, str]) -> Refusal | None:
    """Return why parameters may not stand in a notice, or None: names and identity numbers never do."""
    unknown = sorted(parameters.keys() - ALLOWED - ALLOWED_OF_BREACH)
    numbers = sorted(name for name, value in parameters.items() if _LONG_DIGITS.search(value))
    if unknown or numbers:
        return Refusal(
            code="N-PERSONAL",
            what="告知内容里不能有个人信息。",
            why="告知可能经过短信或者信函。",
            next_step="请只写编号、日期、目录条目和数量。",
            values={"fields": ", ".join(unknown or numbers)},
        )
    return None
