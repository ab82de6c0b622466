"""Turn items into the tables and summary lists of the public catalogue pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.catalogue import plain_words as plain
from chengxin.catalogue.citations import citation_url
from chengxin.catalogue.contracts import Disclosure, Field, ItemVersion
from chengxin.catalogue.differences import differences
from chengxin.catalogue.shelf import item_history
from chengxin.law import facade as law
from chengxin.ui.facade import (
    Cell,
    Column,
    Download,
    Empty,
    Fact,
    Figure,
    Link,
    Pager,
    Progress,
    State,
    Step,
    Table,
    Tone,
    day,
)


def catalogue_table(items: Sequence[ItemVersion], *, pager: Pager) -> Table:
    """Return the list of items."""
    return Table(
        caption=_("公共信用信息目录"),
        caption_hidden=True,
        columns=columns(_("目录条目"), _("类别"), _("主体"), _("公开属性"), _("来源单位")),
        rows=[_item_row(item) for item in items],
        empty=Empty(
            title=_("没有符合条件的条目"),
            meaning=_("目录里没有同时符合这些条件的条目。"),
            link=Link(text=_("查看全部条目"), url=reverse("catalogue")),
        ),
        pager=pager,
    )


def _item_row(item: ItemVersion) -> tuple[Cell, ...]:
    modes = frozenset().union(*item.disclosure.values())
    public = Disclosure.PUBLIC in modes
    state = State(word=_("依法公开") if public else _("不公开"), tone=Tone.INFO if public else Tone.NEUTRAL)
    return (
        Cell(
            value=plain.said(item.title), url=reverse("catalogue_item", args=[item.code]), hint=plain.said(item.summary)
        ),
        Cell(value=plain.label("national_class", item.national_class), hint=plain.label("nature", item.nature)),
        Cell(value=plain.subjects(item.subject_kinds)),
        Cell(state=state),
        Cell(value=plain.departments(item.sources)),
    )


def figures(items: Sequence[ItemVersion]) -> tuple[Figure, ...]:
    """Return how many items there are, in how many classes, and how many may be public."""
    public = [item for item in items if any(Disclosure.PUBLIC in modes for modes in item.disclosure.values())]
    return (
        Figure(label=_("现行条目"), value=len(items), url=reverse("catalogue")),
        Figure(label=_("国家目录类别"), value=len({item.national_class for item in items}), out_of=13),
        Figure(label=_("可以依法公开的条目"), value=len(public), out_of=len(items)),
        Figure(
            label=_("公开自然人的条目"),
            value=len([item for item in items if item.person_publicity_key]),
            out_of=len(items),
            note=_("没有法律明确规定的，一律不公开自然人。"),
        ),
    )


def item_facts(item: ItemVersion) -> tuple[Fact, ...]:
    """Return what an item states beside its fields and clocks (law-rules §2)."""
    facts = [
        Fact(name=_("条目代码"), value=item.code),
        Fact(name=_("版本"), value=_("第%(n)s版，%(day)s起生效") % {"n": item.version, "day": day(item.effective_on)}),
        Fact(name=_("国家目录类别"), value=plain.label("national_class", item.national_class)),
        Fact(name=_("信息性质"), value=plain.label("nature", item.nature)),
        Fact(name=_("主体"), value=plain.labels_of("subject_kind", item.subject_kinds)),
        Fact(name=_("来源单位"), value=plain.departments(item.sources)),
        Fact(name=_("共享范围"), value=plain.said(item.share_scope)),
        Fact(name=_("更新周期"), value=plain.said(item.update_cycle)),
    ]
    if item.categories:
        facts.append(Fact(name=_("信息类别"), value=plain.labels_of("category", item.categories)))
    if item.report_within:
        hint = plain.basis_of_period(item.report_within, on=item.effective_on)
        length = plain.period(item.report_within, on=item.effective_on)
        facts.append(Fact(name=_("报送时限"), value=length, hint=hint))
    return tuple(facts)


def bars(item: ItemVersion) -> tuple[str, ...]:
    """Return in sentences when a row of an item is not collected: by its own gates and by what it is about."""
    return (
        *(plain.said(gate.message) for gate in item.gates),
        *(plain.category_words(category) for category in sorted(item.categories)),
        *(plain.row_category_words(item, one) for one in item.row_categories),
    )


def basis_facts(item: ItemVersion) -> tuple[Fact, ...]:
    """Return each article an item rests on, with the words we keep of it."""
    return tuple(
        Fact(
            name=plain.citation(article),
            value=law.article_text(article) or _("本站没有收录这一条的文字。"),
            link=Link(text=_("查看依据"), url=citation_url(article)),
        )
        for article in item.basis
    )


def clock_facts(item: ItemVersion, *, on: date) -> tuple[Fact, ...]:
    """Return the four clocks in plain words."""
    clocks = (
        (_("公示多久"), item.clocks.publicity),
        (_("可查多久"), item.clocks.query),
        (_("可作为依据多久"), item.clocks.use),
        (_("保存多久"), item.clocks.retention),
    )
    said = [
        Fact(name=name, value=plain.period(key, on=on), hint=plain.basis_of_period(key, on=on)) for name, key in clocks
    ]
    for department, key in item.clocks.publicity_by_source:
        name = _("公示多久（%(source)s）") % {"source": plain.departments([department])}
        said.insert(1, Fact(name=name, value=plain.period(key, on=on), hint=plain.basis_of_period(key, on=on)))
    return tuple(said)


def disclosure_table(item: ItemVersion) -> Table:
    """Return who may see the facts of each kind of subject."""
    modes = tuple(Disclosure)
    rows = []
    for allowed in sorted(set(item.disclosure.values()), key=lambda allowed: Disclosure.PUBLIC not in allowed):
        kinds = frozenset(kind for kind in item.subject_kinds if item.disclosure[kind] == allowed)
        cells = [
            Cell(
                state=State(
                    word=_("可以") if mode in allowed else _("不可以"),
                    tone=Tone.INFO if mode in allowed else Tone.NEUTRAL,
                )
            )
            for mode in modes
        ]
        rows.append((Cell(value=plain.subjects(kinds)), *cells))
    return Table(
        caption=_("谁能看到"),
        caption_hidden=True,
        columns=(Column(title=_("主体")), *(Column(title=plain.label("disclosure", mode)) for mode in modes)),
        rows=rows,
    )


def field_table(item: ItemVersion) -> Table:
    """Return the columns of an item: how each is filled in, and whether it is ever public."""
    return Table(
        caption=_("数据项"),
        caption_hidden=True,
        columns=columns(_("名称"), _("代码"), _("类型"), _("是否必填"), _("公开与脱敏")),
        rows=[_field_row(field, standard=standard(item)) for field in item.fields],
    )


def standard(item: ItemVersion) -> str:
    """Return the standard most columns of an item come from; a column of another origin says so itself."""
    return Counter(field.source for field in item.fields).most_common(1)[0][0]


def _field_row(field: Field, *, standard: str) -> tuple[Cell, ...]:
    code = field.headers[0] if field.headers and field.headers[0].isascii() else field.name
    allowed = _("、").join(plain.said(one.label) for one in field.codes)
    length = _("最多%(n)s字") % {"n": field.max_length}
    origin = "" if field.source == standard else _("依据：%(source)s") % {"source": plain.source(field.source)}
    return (
        Cell(value=plain.said(field.title), hint=plain.said(field.note) if field.note else origin),
        Cell(value=code),
        Cell(value=plain.type_words(field.type), hint=allowed or length),
        Cell(value=_demand(field)),
        Cell(state=_shown(field), hint=_mask(field)),
    )


def _demand(field: Field) -> str:
    if field.required:
        return _("必填")
    if field.required_for:
        return _("%(kinds)s必填") % {"kinds": plain.labels_of("subject_kind", field.required_for)}
    return _("选填")


def _shown(field: Field) -> State:
    if field.personal:
        return State(word=_("加密，不公开"), tone=Tone.NEUTRAL)
    return State(word=_("可以公开"), tone=Tone.INFO) if field.public else State(word=_("不公开"), tone=Tone.NEUTRAL)


def _mask(field: Field) -> str:
    return {"surname": _("只显示姓"), "hidden": _("全部隐去"), "": ""}.get(field.mask, field.mask)


def history_steps(code: str, *, on: date) -> tuple[Step, ...]:
    """Return the versions of an item, the newest first, each with what it changed."""
    versions = item_history(code)
    steps = []
    for place, item in enumerate(versions):
        changes = differences(versions[place - 1], item) if place else ()
        told = [f"{plain.said(one.what)}：{one.before or '—'} → {one.after or '—'}" for one in changes]
        steps.append(
            Step(
                title=_("第%(n)s版") % {"n": item.version},
                progress=Progress.DONE if item.effective_on <= on else Progress.LATER,
                when=item.effective_on,
                text=_("；").join(told) if place else _("首次列入目录。"),
                link=Link(text=_("查看这一版"), url=f"{reverse('catalogue_item', args=[code])}?version={item.version}"),
            )
        )
    return tuple(reversed(steps))


def downloads(item: ItemVersion) -> tuple[Download, ...]:
    """Return the files of an item: two templates and the schema."""
    query = f"?version={item.version}"
    return (
        Download(title=_("填报模板"), url=reverse("catalogue_xlsx", args=[item.code]) + query, format="XLSX"),
        Download(title=_("填报模板（中文列名）"), url=reverse("catalogue_csv", args=[item.code]) + query, format="CSV"),
        Download(
            title=_("填报模板（官方代码列名）"),
            url=reverse("catalogue_csv", args=[item.code]) + query + "&edition=code",
            format="CSV",
        ),
        Download(title=_("数据结构"), url=reverse("catalogue_schema", args=[item.code]) + query, format="JSON Schema"),
    )


def columns(*titles: str) -> tuple[Column, ...]:
    """Return plain table columns by their headings."""
    return tuple(Column(title=title) for title in titles)
