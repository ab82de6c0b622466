"""The field-level scope of an item (字段级共享范围): which door lets which column out, about whom, and how masked."""

from __future__ import annotations

from django.utils.translation import gettext as _

from chengxin.catalogue import plain_words as plain
from chengxin.catalogue.contracts import Disclosure, Field, ItemVersion
from chengxin.catalogue.presentation import columns
from chengxin.ui.facade import Cell, State, Table, Tone, aside

_MODES = (Disclosure.PUBLIC, Disclosure.SHARED, Disclosure.AUTHORISED)


def sharing_table(item: ItemVersion) -> Table:
    """Return for each column of an item whether it may be public, shared between organs, or queried with consent."""
    return Table(
        caption=_("字段级共享范围"),
        caption_hidden=True,
        columns=columns(_("数据项"), *(plain.label("disclosure", mode) for mode in _MODES), _("保护")),
        rows=[
            (
                Cell(value=plain.said(field.title)),
                *(_door(item, field, mode) for mode in _MODES),
                Cell(value=_kept(field)),
            )
            for field in item.fields
        ],
    )


def modes_of(item: ItemVersion) -> str:
    """Return in words by which doors an item leaves, about whom."""
    said = []
    for mode in _MODES:
        kinds = frozenset(kind for kind in item.subject_kinds if mode in item.disclosure[kind])
        if kinds:
            about = "" if kinds == item.subject_kinds else aside(_("只限%(who)s") % {"who": plain.subjects(kinds)})
            said.append(plain.label("disclosure", mode) + about)
    return _("、").join(said) or _("只供本人查询")


def _door(item: ItemVersion, field: Field, mode: Disclosure) -> Cell:
    kinds = frozenset(kind for kind in item.subject_kinds if mode in item.disclosure[kind])
    if not kinds or (mode is Disclosure.PUBLIC and (field.personal or not field.public)):
        return Cell(state=State(word=_("不可以"), tone=Tone.NEUTRAL))
    hint = "" if kinds == item.subject_kinds else _("只限%(who)s") % {"who": plain.subjects(kinds)}
    return Cell(state=State(word=_("可以"), tone=Tone.INFO), hint=hint)


def _kept(field: Field) -> str:
    if not field.personal:
        return _("无需脱敏")
    how = {"surname": _("平时只显示姓"), "hidden": _("平时全部隐去")}.get(field.mask, "")
    return _("加密保存，每次打开都有登记") + (_("；") + how if how else "")
