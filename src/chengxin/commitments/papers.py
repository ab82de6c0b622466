"""The two documents of a finding: the notice to make a promise good, and the finding that it was broken."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from chengxin.catalogue import facade as catalogue
from chengxin.commitments.rules import LAW
from chengxin.determinations.contracts import Form
from chengxin.determinations.facade import asked_fields


def form_of(code: str, *, on: date) -> Form:
    """Return what a finding is about: the fields of its item."""
    days = int(LAW.value("commitment.rectify", on=on, pack=settings.LAW_PACK).number)
    return Form(
        code=code,
        title=_("违诺认定"),
        fields=tuple(asked_fields(catalogue.get_item(code, on=on))),
        notice=_("责令履行承诺通知书"),
        decision=_("违诺认定书"),
        intends=_("请在收到之日起%s日内整改。限期内整改的，记为已整改；逾期没有整改的，拟认定为违约，记入信用记录。")
        % days,
        decides=_("认定没有履行承诺"),
        follows=_("记为违约，与承诺一起公示；有错误的，可以提出异议，不收费。"),
    )
