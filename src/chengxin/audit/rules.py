"""When the log is late, when disclosure stops, and whether an entry may stand in the log."""

from __future__ import annotations

from typing import Final

from chengxin.kernel.refusal import Refusal

ALARM_SECONDS: Final = 60
STOP_SECONDS: Final = 300
"""ADR 0010; X-Road stops a server whose messages are not time-stamped, and so do we: no log, no data."""

LOG_STOPPED: Final = Refusal(
    code="LOG_STOPPED",
    what="查询留痕没有运行，现在不能提供信息。",
    why="每一次查看都要先留下本人看得到、改不了的记录。",
    next_step="请稍后再试；一直这样的，请告诉平台运行单位。",
)

NOT_YET_IN_LOG: Final = Refusal(
    code="NOT_YET_IN_LOG",
    what="这条记录已经保存，还没有写进可验证日志。",
    why="记录先随操作一起保存，几秒以内写进日志。",
    next_step="请过几秒再取证明。",
)
ABSENT: Final = Refusal(code="ABSENT", what="没有找到您要的内容。")


def is_late(lag: float) -> bool:
    """Tell whether the log has stood still for so long that somebody must look after it."""
    return lag > ALARM_SECONDS


def why_not_disclose(lag: float) -> Refusal | None:
    """Refuse whatever gives something away once the log has stood still for too long."""
    return LOG_STOPPED if lag > STOP_SECONDS else None
