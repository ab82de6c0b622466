"""The two documents of a listing: the prior notice with the measures it may bring, and the decision (S3, S6)."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import Field, FieldType, Words
from chengxin.determinations.contracts import Form
from chengxin.determinations.facade import asked_fields
from chengxin.lists.kinds import kind_of_item
from chengxin.ui.facade import in_language

# What the procedure fills in, or what is only known when an entry ends.
_NOT_ASKED: Final = frozenset({"valid_until", "removed_on", "removal_reason", "remark", "severity"})
EXTRA: Final = (
    Field(
        name="basis_document_no",
        title=Words(zh="所依据的决定文号", en="Decision it rests on"),
        type=FieldType.TEXT,
        required=True,
        max_length=128,
        note=Words(
            zh="本单位已经入库的处罚或者认定的文号，也可以填平台的认定编号。",
            en="The number of a penalty or determination your body has on record, or its number on this platform.",
        ),
    ),
    Field(
        name="measures_told",
        title=Words(zh="列入以后可能采取的措施", en="Measures it may bring"),
        type=FieldType.TEXT,
        required=True,
        max_length=1000,
        note=Words(zh="只写措施清单上的措施。", en="Only measures of the published list."),
    ),
    Field(
        name="upper_consent_no",
        title=Words(zh="上级部门同意的文号", en="Consent of the upper authority"),
        type=FieldType.TEXT,
        max_length=128,
        note=Words(zh="市、县部门列入市场监管名单的要填写。", en="Needed for the market list by a city or county."),
    ),
)


def form_of(code: str, *, on: date) -> Form:
    """Return what a listing under an item is about: the item's fields and those only a listing has."""
    item = catalogue.get_item(code, on=on)
    kind = kind_of_item(code)
    title = in_language(item.title.zh, item.title.en or item.title.zh)
    told = in_language(kind.title.zh, kind.title.en) if kind else title
    fields = [field for field in asked_fields(item) if field.name not in _NOT_ASKED]
    return Form(
        code=code,
        title=_("列入%s") % told,
        fields=(*fields, *EXTRA),
        notice=_("列入严重失信主体名单事先告知书"),
        decision=_("列入严重失信主体名单决定书"),
        intends=_("拟列入“%s”。") % told,
        decides=_("决定列入“%s”") % told,
        follows=_("到期自动移出；改正以后，可以在规定日期申请提前移出，不收费；列入错误的，立即移出。"),
        also=frozenset({"measures_told", "exit_conditions"}),
    )
