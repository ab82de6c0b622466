"""What a demonstration has already done, so that a second run goes on, and whether this database is a demonstration."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from chengxin.access.contracts import Body
from chengxin.kernel.identifiers import DEMO_PROVINCE
from chengxin.kernel.refusal import Refusal


@dataclass(kw_only=True)
class State:
    """Progress of one build; `marker` is an account made by it, by which the database is known again."""

    size: str
    seed: int
    today: date
    marker: str = ""
    last_filing: int = 0
    happened: int = 0
    is_done: bool = False
    counts: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)

    def add(self, **counts: int) -> None:
        """Add to the counts."""
        for name, count in counts.items():
            self.counts[name] = self.counts.get(name, 0) + count


def read_state(file: Path) -> State | None:
    """Return the state kept in a file, or None when there is none."""
    if not file.exists():
        return None
    kept = json.loads(file.read_text(encoding="utf-8"))
    return State(**{**kept, "today": date.fromisoformat(kept["today"])})


def keep_state(state: State, file: Path) -> None:
    """Write the state so that a kill leaves the old one or the new one, never half of one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_suffix(".new")
    beside.write_text(json.dumps({**asdict(state), "today": state.today.isoformat()}), encoding="utf-8")
    os.replace(beside, file)  # noqa: PTH105 - the same call by its plain name


def why_not_build(*, is_demo: bool, bodies: list[Body], state: State | None, marker: str, size: str) -> Refusal | None:
    """Say why a demonstration may not be built into this database; `marker` is the account found in it."""
    if not is_demo:
        return Refusal(
            code="D-NOT-DEMO",
            what="这个安装没有设为演示，演示数据不会写进来。",
            next_step="请用 ./chengxin demo 启动演示，或者设置 CHENGXIN_DEMO=1。",
        )
    real = [body for body in bodies if not body.area.startswith(DEMO_PROVINCE)]
    if real:
        return Refusal(
            code="D-REAL-DATABASE",
            what="这个数据库里有真实地区的单位（{body}），不是演示数据库。",
            next_step="请换一个空的数据库。",
            values={"body": real[0].name_zh},
        )
    if bodies and (state is None or (state.marker and state.marker != marker)):
        return Refusal(
            code="D-UNKNOWN-STATE",
            what="数据库里已有演示数据，但是找不到它的进度记录。",
            next_step="请加 --fresh 重新生成。",
        )
    if bodies and state is not None and state.size != size:
        return Refusal(
            code="D-OTHER-SIZE",
            what="这个数据库里是规模 {there} 的演示，不是 {wanted}。",
            next_step="请用 --size {there} 继续，或者加 --fresh 重新生成。",
            values={"there": state.size, "wanted": size},
        )
    return None
