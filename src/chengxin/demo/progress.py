"""Show the stages of the demonstration as progress bars."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

STAGES = {
    "database": "数据库 · database",
    "catalogue": "目录入库 · catalogue",
    "departments": "单位、人员和权限 · departments",
    "province": "生成云汀省 · province",
    "filings": "十五个月的报送 · filings",
    "cast": "演员登记 · cast",
    "programs": "平台查商户 · programs",
    "life": "异议、修复、认定、查询 · life",
}


class Bars:
    """A bar for each stage, on standard error so that `--json` keeps the output to itself."""

    def __init__(self) -> None:
        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        )
        self._current: TaskID | None = None

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._complete()
        self._bars.stop()

    def begin(self, stage: str, total: int) -> None:
        """Begin the bar of a stage; the one before it is full."""
        self._complete()
        self._current = self._bars.add_task(STAGES.get(stage, stage), total=total)

    def step(self) -> None:
        """Move the bar by one."""
        if self._current is not None:
            self._bars.advance(self._current)

    def _complete(self) -> None:
        if self._current is not None:
            total = self._bars.tasks[self._current].total
            self._bars.update(self._current, completed=total)
