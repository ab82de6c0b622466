"""What changed between two versions of a standard, in words a reader understands."""

from __future__ import annotations

from collections.abc import Iterator

from chengxin.catalogue.contracts import FieldChange, Words
from chengxin.standards.contracts import Indicator, Standard

WHOLE = (
    ("effective_on", "生效日期", "In force from"),
    ("title", "名称", "Title"),
    ("summary", "说明", "Summary"),
    ("coverage", "至少要知道多少权重（%）", "Weight that must be known (%)"),
)
OF_INDICATOR = (
    ("title", "名称", "title"),
    ("definition", "定义", "definition"),
    ("dimension", "维度", "dimension"),
    ("source", "数据来源", "source"),
    ("worst", "零分值", "value for no points"),
    ("best", "满分值", "value for full points"),
    ("floor", "最少样本", "smallest sample"),
    ("weight", "权重", "weight"),
    ("basis", "依据", "basis"),
)


def differences(earlier: Standard, later: Standard) -> tuple[FieldChange, ...]:
    """Return the changes from one version to the next: of the whole, then indicators gone, new and changed."""
    return (*_of_whole(earlier, later), *_of_indicators(earlier, later))


def _of_whole(earlier: Standard, later: Standard) -> Iterator[FieldChange]:
    for name, zh, en in WHOLE:
        before, after = _text(getattr(earlier, name)), _text(getattr(later, name))
        if before != after:
            yield FieldChange(what=Words(zh=zh, en=en), before=before, after=after)
    before, after = (_text([f"{one.title.zh} ≥ {one.at_least}" for one in each.levels]) for each in (earlier, later))
    if before != after:
        yield FieldChange(what=Words(zh="等级", en="Levels"), before=before, after=after)
    before, after = (_text([one.title.zh for one in each.dimensions]) for each in (earlier, later))
    if before != after:
        yield FieldChange(what=Words(zh="维度", en="Dimensions"), before=before, after=after)


def _of_indicators(earlier: Standard, later: Standard) -> Iterator[FieldChange]:
    old, new = ({one.name: one for one in each.indicators} for each in (earlier, later))
    for name in [name for name in old if name not in new]:
        title = old[name].title
        what = Words(zh=f"删去指标“{title.zh}”", en=f"Indicator removed: {title.en}")
        yield FieldChange(what=what, before=title.zh, after="")
    for name in [name for name in new if name not in old]:
        title = new[name].title
        what = Words(zh=f"新增指标“{title.zh}”", en=f"Indicator added: {title.en}")
        yield FieldChange(what=what, before="", after=title.zh)
    for name in [name for name in new if name in old]:
        yield from _of_one(old[name], new[name])


def _of_one(old: Indicator, new: Indicator) -> Iterator[FieldChange]:
    for name, zh, en in OF_INDICATOR:
        before, after = _text(getattr(old, name)), _text(getattr(new, name))
        if before != after:
            what = Words(zh=f"“{new.title.zh}”的{zh}", en=f"{new.title.en}: {en}")
            yield FieldChange(what=what, before=before, after=after)


def _text(value: object) -> str:
    if isinstance(value, Words):
        return value.zh
    return "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
