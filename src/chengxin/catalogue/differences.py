"""What changed between two versions of an item, in words a reader understands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from chengxin.catalogue.contracts import Field, FieldChange, Gate, ItemVersion, Order, RowCategory, Words

ITEM_WORDS = (
    ("title", "名称", "Title"),
    ("summary", "说明", "Summary"),
    ("effective_on", "生效日期", "In force from"),
    ("national_class", "国家目录类别", "National class"),
    ("nature", "信息性质", "Nature"),
    ("basis", "依据", "Basis"),
    ("sources", "来源单位", "Sources"),
    ("share_scope", "共享范围", "Share scope"),
    ("update_cycle", "更新周期", "Update cycle"),
    ("row_key", "识别同一条记录的列", "Row key"),
    ("subject_kinds", "主体类别", "Kinds of subject"),
    ("categories", "信息类别", "Categories"),
    ("row_categories", "部分行的信息类别", "Categories of some rows"),
    ("gates", "归集门槛", "Gates of collection"),
    ("orders", "日期先后", "Order of dates"),
    ("report_within", "报送时限", "Time to report"),
    ("ignored_headers", "不归集的旧列", "Old columns not collected"),
    ("list_kind", "名单种类", "Kind of list"),
    ("group", "重点人群", "Group"),
    ("group_part", "档案部分", "Part of the archive"),
    ("person_publicity_key", "公开自然人的依据", "Order naming persons"),
    ("standing", "效力", "Standing"),
)
CLOCK_WORDS = (
    ("publicity", "公示", "publicity"),
    ("query", "查询", "query"),
    ("use", "使用", "use"),
    ("retention", "保存", "retention"),
)
FIELD_WORDS = (
    ("title", "名称", "title"),
    ("type", "类型", "type"),
    ("required", "必填", "requirement"),
    ("max_length", "最大长度", "longest text"),
    ("public", "公开", "publicity"),
    ("personal", "加密", "sealing"),
    ("mask", "脱敏方式", "mask"),
    ("multiple", "可填多个", "several values"),
    ("required_for", "必填的主体", "kinds that must fill it"),
    ("headers", "列名", "headings"),
    ("scale", "计量单位", "unit"),
    ("use", "用途", "use"),
    ("note", "填报说明", "note"),
    ("source", "出处", "source"),
)


def differences(earlier: ItemVersion, later: ItemVersion) -> tuple[FieldChange, ...]:
    """Return the changes from one version to the next: of the item, then columns gone, new and changed."""
    return (*_of_item(earlier, later), *_of_fields(earlier, later))


def _of_item(earlier: ItemVersion, later: ItemVersion) -> Iterator[FieldChange]:
    for name, zh, en in ITEM_WORDS:
        before, after = getattr(earlier, name), getattr(later, name)
        if before != after:
            yield FieldChange(what=Words(zh=zh, en=en), before=_text(before), after=_text(after))
    for name, zh, en in CLOCK_WORDS:
        before, after = getattr(earlier.clocks, name), getattr(later.clocks, name)
        if before != after:
            yield FieldChange(what=Words(zh=f"{zh}期限", en=f"Period of {en}"), before=before, after=after)
    said = (_by_source(earlier), _by_source(later))
    if said[0] != said[1]:
        what = Words(zh="按来源单位的公示期限", en="Period of publicity by source")
        yield FieldChange(what=what, before=said[0], after=said[1])
    if earlier.disclosure != later.disclosure:
        said = (_disclosure(earlier), _disclosure(later))
        yield FieldChange(what=Words(zh="公开属性", en="Disclosure"), before=said[0], after=said[1])


def _of_fields(earlier: ItemVersion, later: ItemVersion) -> Iterator[FieldChange]:
    old = {field.name: field for field in earlier.fields}
    new = {field.name: field for field in later.fields}
    for name in [name for name in old if name not in new]:
        title = old[name].title
        yield FieldChange(
            what=Words(zh=f"删去列“{title.zh}”", en=f"Column removed: {title.en}"), before=title.zh, after=""
        )
    for name in [name for name in new if name not in old]:
        title = new[name].title
        yield FieldChange(
            what=Words(zh=f"新增列“{title.zh}”", en=f"Column added: {title.en}"), before="", after=title.zh
        )
    for name in [name for name in new if name in old]:
        yield from _of_field(old[name], new[name])


def _of_field(earlier: Field, later: Field) -> Iterator[FieldChange]:
    for name, zh, en in FIELD_WORDS:
        before, after = getattr(earlier, name), getattr(later, name)
        if before != after:
            what = Words(zh=f"列“{later.title.zh}”的{zh}", en=f"Column {later.title.en}: {en}")
            yield FieldChange(what=what, before=_text(before), after=_text(after))
    gone = {code.value for code in earlier.codes} ^ {code.value for code in later.codes}
    if gone:
        what = Words(zh=f"列“{later.title.zh}”的可填值", en=f"Column {later.title.en}: values")
        before, after = ("、".join(code.label.zh for code in field.codes) for field in (earlier, later))
        yield FieldChange(what=what, before=before, after=after)


def _disclosure(item: ItemVersion) -> str:
    return "；".join(f"{kind}: {'、'.join(sorted(modes))}" for kind, modes in sorted(item.disclosure.items()))


def _by_source(item: ItemVersion) -> str:
    return "；".join(f"{department}: {key}" for department, key in item.clocks.publicity_by_source)


def _text(value: object) -> str:
    """Say a value of an item in Chinese: what is declared is compared by what it means, not by how it is kept."""
    say = next((say for kind, say in _SAYING if isinstance(value, kind)), str)
    return say(value)


_SAYING: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (type(None), lambda _value: ""),
    (Words, lambda value: str(value.zh)),
    (bool, lambda value: "是" if value else "否"),
    (Gate, lambda value: str(value.message.zh)),
    (Order, lambda value: f"{value.earlier}≤{value.later}"),
    (RowCategory, lambda value: f"{value.category}（{value.field}：{value.contains}）"),
    (frozenset, lambda value: "、".join(sorted(str(one) for one in value))),
    (tuple, lambda value: "、".join(_text(one) for one in value)),
)
