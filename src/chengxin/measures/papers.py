"""The two documents of a measure: the prior notice, and the decision with its end and its remedies (M6)."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from chengxin.catalogue.contracts import Field, FieldType, FieldUse, Words
from chengxin.determinations.contracts import Form
from chengxin.measures.shelf import get_measure
from chengxin.ui.facade import in_language

ASKED: Final = (
    Field(
        name="decision_no",
        title=Words(zh="决定书文号", en="Decision no."),
        type=FieldType.TEXT,
        required=True,
        max_length=128,
        use=FieldUse.DOCUMENT_NO,
    ),
    Field(
        name="decision_facts",
        title=Words(zh="事实和理由", en="Facts and reasons"),
        type=FieldType.TEXT,
        required=True,
        max_length=1000,
        note=Words(
            zh="写明依据哪一条记录、为什么与这项措施有关。", en="On which record, and how it relates to this measure."
        ),
    ),
    Field(
        name="proportionality",
        title=Words(zh="为什么相当", en="Why it is proportionate"),
        type=FieldType.TEXT,
        required=True,
        max_length=1000,
        note=Words(
            zh="结合行为的性质、情节和危害，说明没有更轻的办法。",
            en="By nature, circumstances and harm; why nothing milder would do.",
        ),
    ),
    Field(
        name="not_spared",
        title=Words(zh="为什么不适用“可以不予实施”", en="Why it is not spared"),
        type=FieldType.TEXT,
        max_length=1000,
        note=Words(
            zh=(
                "初次、危害后果轻微并且已经及时纠正的，可以不予实施。"
                "平台上没有更早的同类记录时必填：写明哪一项不符合，或者为什么仍要实施。"
            ),
            en=(
                "A first act with slight harm that was put right in time may be spared. Needed where the platform "
                "holds no earlier record of the kind: say which of the three is missing, or why it is not spared."
            ),
        ),
    ),
)
FILLED: Final = (
    Field(
        name="measure_title",
        title=Words(zh="拟实施的措施", en="Measure"),
        type=FieldType.TEXT,
    ),
    Field(name="legal_basis", title=Words(zh="依据", en="Basis"), type=FieldType.TEXT, max_length=1000),
    Field(name="ends", title=Words(zh="到哪天", en="Until"), type=FieldType.DATE),
)


def form_of(code: str, *, on: date) -> Form:  # noqa: ARG001 - as every package's form
    """Return what a measure's decision is about."""
    measure = get_measure(code)
    title = in_language(measure.title.zh, measure.title.en)
    return Form(
        code=code,
        title=title,
        fields=(*FILLED, *ASKED),
        notice=_("拟实施惩戒措施事先告知书"),
        decision=_("实施惩戒措施决定书"),
        intends=_("拟对您（单位）实施“%s”。") % title,
        decides=_("决定实施“%s”") % title,
        follows=_("到期或者所依据的信息结束时自动解除，不用申请。"),
        also=frozenset({"proportionality", "not_spared", "ends"}),
        hears=_("您及时纠正了失信行为，并且是初次、危害后果轻微的，可以不予实施；请在陈述申辩里写明，附上证据。"),
    )
