"""What an item says, in plain words for a reader of either language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.conf import settings
from django.utils.translation import gettext

from chengxin.catalogue.contracts import Category, FieldType, ItemVersion, RowCategory, Words
from chengxin.catalogue.shelf import get_code_list, list_departments
from chengxin.kernel.subject_kind import OPERATORS, SubjectKind
from chengxin.law import facade as law
from chengxin.ui.facade import reads_english


def said(words: Words | law.Words) -> str:
    """Return a text in the reader's language."""
    return words.en if reads_english() else words.zh


def labels(name: str) -> Mapping[str, str]:
    """Return a code list as value → label in the reader's language."""
    return {code.value: said(code.label) for code in get_code_list(name)}


def label(name: str, value: object) -> str:
    """Return the label of one value of a code list."""
    return labels(name).get(str(value), str(value))


def labels_of(name: str, values: Iterable[object]) -> str:
    """Return several labels in the order of their list, joined."""
    wanted = {str(value) for value in values}
    return gettext("、").join(text for value, text in labels(name).items() if value in wanted)


def category_words(category: Category) -> str:
    """Return what follows from a category: when such a row is not collected or not shown (law-rules §2, §3)."""
    return {
        Category.PUBLIC_SECURITY: gettext("违反治安管理的记录依法封存，不归集、不提供、不公开。"),
        Category.SEALED: gettext("已经依法封存的记录不归集、不提供、不公开。"),
        Category.UTILITY_ARREARS: gettext("没有依法确认的水电气、通信、物业等欠费不归集。"),
        Category.MARKET: gettext("自然人的市场信用信息没有本人书面同意的，不归集。"),
        Category.CONSENT_ONLY: gettext("没有本人书面同意的，不归集。"),
        Category.GOOD_DEED: gettext("本人不同意登记的，不归集。"),
        Category.EVALUATION: gettext("不利的评价结果没有先告知本人的，不公开。"),
    }[category]


def row_category_words(item: ItemVersion, one: RowCategory) -> str:
    """Return which rows have a category of their own, and what follows."""
    return gettext("“%(field)s”写有“%(text)s”的：%(follows)s") % {
        "field": said(item.field(one.field).title),
        "text": one.contains,
        "follows": category_words(one.category),
    }


def subjects(kinds: Iterable[SubjectKind]) -> str:
    """Return whom an item is about: all operators together are 经营者, whatever their legal form."""
    wanted = frozenset(kinds)
    if OPERATORS - wanted:
        return labels_of("subject_kind", wanted)
    return gettext("经营者和自然人") if SubjectKind.NATURAL_PERSON in wanted else gettext("经营者")


def departments(codes: Iterable[str]) -> str:
    """Return the names of departments, joined."""
    names = {department.code: said(department.title) for department in list_departments()}
    return gettext("、").join(names.get(code, code) for code in sorted(codes))


def citation(article: str) -> str:
    """Return a citation as people read it: 《行政处罚法》第48条."""
    name = law.name_of(article)
    return name.en if is_english() else name.zh


def source(written: str) -> str:
    """Return where a column comes from, articles by their name; what is cited from memory says so."""
    if written.startswith("[D]"):
        return gettext("平台的设计")
    names = gettext("、").join(citation(part) for part in written.replace("[M]", "").strip().split("、"))
    return gettext("%(source)s（待核对）") % {"source": names} if "[M]" in written else names


def is_english() -> bool:
    """Tell whether the reader asked for English."""
    return reads_english()


def period(key: str, *, on: date) -> str:
    """Return how long a clock of law runs on a day, for each of its cases, and from which day."""
    try:
        entry = law.get_entry(key)
    except law.UnknownKey:
        return key
    if not entry.inputs:
        value = law.find(key, on=on, pack=settings.LAW_PACK)
        return gettext("当日没有可适用的规定") if value is None else how_long(value)
    name, cases = next(iter(entry.inputs.items()))
    lines = []
    for case in cases:
        value = law.find(key, on=on, pack=settings.LAW_PACK, **{name: case})
        if value is not None:
            lines.append(f"{case_words(name, case)}：{how_long(value)}")
    return gettext("；").join(lines)


def case_words(name: str, case: str) -> str:
    """Return for which case a value of law holds, in words."""
    if name == "severity":
        return label("severity", case)
    said = {
        "criticism_or_lower_fine": gettext("通报批评或者较低数额罚款"),
        "other": gettext("其他处罚"),
        "": gettext("期限"),
    }
    return said.get(case, case)


def basis_of_period(key: str, *, on: date) -> str:
    """Return the articles a clock rests on, and whether it is a default for now (暂定)."""
    entry = law.get_entry(key)
    inputs = {name: cases[0] for name, cases in entry.inputs.items()}
    value = law.find(key, on=on, pack=settings.LAW_PACK, **inputs)
    if value is None:
        return ""
    cited = gettext("、").join(citation(article) for article in value.cites if not article.startswith("D/"))
    return gettext("%(cited)s（暂定）") % {"cited": cited} if value.provisional else cited


def how_long(value: law.Value) -> str:
    """Return how long a value of law runs and from which day, in words."""
    if value.value == "while_valid":
        return gettext("在有效期内")
    if value.unlimited:
        return gettext("长期")
    if value.number == 0:
        return gettext("不公示")
    length = _amount(value)
    return gettext("自%(start)s起%(length)s") % {"start": starting(value.count_from), "length": length}


def _amount(value: law.Value) -> str:
    units = {
        "day": gettext("%(n)s日"),
        "workday": gettext("%(n)s个工作日"),
        "month": gettext("%(n)s个月"),
        "year": gettext("%(n)s年"),
    }
    return units.get(value.unit, "%(n)s") % {"n": value.number}


def starting(names: Iterable[str]) -> str:
    """Return from which day a clock runs; the first date that is known is taken."""
    words = {
        "determined_on": gettext("认定之日"),
        "ended_act_on": gettext("失信行为终止之日"),
        "published_on": gettext("公示之日"),
        "notified_on": gettext("送达之日"),
        "sentence_ended_on": gettext("刑罚执行完毕之日"),
    }
    return gettext("（没有的，自）").join(words.get(name, name) for name in names) or gettext("认定之日")


def type_words(kind: FieldType) -> str:
    """Return how a cell of a type is written."""
    return {
        FieldType.TEXT: gettext("文字"),
        FieldType.DATE: gettext("日期"),
        FieldType.DECIMAL: gettext("数字"),
        FieldType.MONEY: gettext("金额"),
        FieldType.INTEGER: gettext("整数"),
        FieldType.CODE: gettext("代码"),
        FieldType.BOOLEAN: gettext("是或者否"),
        FieldType.ID_NO: gettext("证件号码"),
        FieldType.ID_TYPE: gettext("证件类型"),
        FieldType.USCC: gettext("统一社会信用代码"),
        FieldType.URL: gettext("网址"),
    }[kind]
