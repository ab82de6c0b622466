"""What a tip may not be: a conversation of others, exported or pasted whole."""

from __future__ import annotations

import re
from typing import Final

from chengxin.casework.contracts import CARD
from chengxin.kernel.card_numbers import holds_card_number
from chengxin.kernel.refusal import Refusal
from chengxin.law.facade import cites

MOST_LINES: Final = 3
"""So many stamped lines may be quoted; an export has one above each message."""
_DAY: Final = r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})"
_HOUR: Final = r"(?:上午|下午|晚上)? ?\d{1,2}:\d{2}(?::\d{2})?"
_STAMP: Final = re.compile(rf"^.{{0,40}}{_DAY},?[ T]*{_HOUR}|^.{{0,12}}{_HOUR},? *{_DAY}", re.MULTILINE)


@cites("PIPL/6", "PIPL/10")
def why_not_told(text: str) -> Refusal | None:
    """Return why a text is not taken: it is the export of a chat, with the messages of others, or has a card number."""
    if holds_card_number(text):
        return CARD
    if len(_STAMP.findall(text)) <= MOST_LINES:
        return None
    return Refusal(
        code="TIP-CHAT",
        what="这像是聊天记录的导出，没有收下。",
        why="整段聊天里有别人的私人谈话；本平台不收、不读、不分析聊天记录。",
        next_step="请用自己的话写发生了什么；需要对话作证的，只截与交易有关的几句，遮住别人的头像、名字和号码，作为图片提交。",
        basis=("PIPL/6", "PIPL/10"),
        field="text",
    )
