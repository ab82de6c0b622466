"""What a person chooses to show, and the code somebody types."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.presentations import display
from chengxin.presentations.claims import reasons
from chengxin.presentations.contracts import Offer, Wanted
from chengxin.presentations.rules import LONGEST
from chengxin.ui.facade import in_language, labelled

_WHOLE = "whole"


class PresentationForm(forms.Form):
    """Choose claims, lines or the whole; nothing is ticked beforehand."""

    claims = forms.MultipleChoiceField(
        label=_("只证明结论，不给看内容"), required=False, widget=forms.CheckboxSelectMultiple()
    )
    record_ids = forms.MultipleChoiceField(label=_("给看这几条"), required=False, widget=forms.CheckboxSelectMultiple())
    whole = forms.BooleanField(label=_("给看全部，等于一份完整的报告"), required=False)
    name = forms.BooleanField(label=_("显示我的姓名（不选就不显示姓名）"), required=False)
    reason = forms.ChoiceField(label=_("用途"))
    recipient = forms.CharField(
        label=_("给谁看"), help_text=_("可以不写。打开的人会看到，例如：云汀租房。"), max_length=LONGEST, required=False
    )
    days = forms.IntegerField(label=_("有效几天"), min_value=1, initial=1)
    uses = forms.IntegerField(label=_("可以打开几次"), min_value=1, initial=1)

    def __init__(self, *args: Any, offered: Offer, **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer what holds now and the lines there are."""
        super().__init__(*args, **kwargs)
        holding = [(code, display.claim_words(code)) for code, answer in offered.claims if answer]
        self.fields["claims"].choices = holding  # type: ignore[attr-defined]
        self.fields["record_ids"].choices = [  # type: ignore[attr-defined]
            (str(line.record_id), labelled(line.kind, line.title)) for line in offered.lines
        ]
        for name, empty in (("claims", not holding), ("record_ids", not offered.lines)):
            if empty:
                del self.fields[name]
        offered_reasons = [(one.code, in_language(one.zh, one.en)) for one in reasons().values()]
        self.fields["reason"].choices = [("", _("请选择")), *offered_reasons]  # type: ignore[attr-defined]
        self.fields["days"].help_text = _("最多%s天。") % offered.days
        self.fields["uses"].help_text = _("最多%s次。") % offered.uses

    def wanted(self) -> Wanted:
        """Return what was chosen."""
        given = self.cleaned_data
        return Wanted(
            reason=given["reason"],
            recipient=given["recipient"],
            claims=tuple(given.get("claims", ())),
            record_ids=tuple(UUID(one) for one in given.get("record_ids", ())),
            is_whole=given["whole"],
            shows_name=given["name"],
            days=given["days"],
            uses=given["uses"],
        )


class CodeForm(forms.Form):
    """The code somebody was given."""

    code = forms.CharField(label=_("出示码"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))
