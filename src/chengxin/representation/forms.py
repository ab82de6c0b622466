"""To whom, for what, for how long."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.representation.rules import LONGEST_NAME
from chengxin.representation.scopes import LOOK, scopes
from chengxin.ui.facade import in_language


class MandateForm(forms.Form):
    """Name the representative, choose what they may do; to look is part of it, nothing else is ticked."""

    name = forms.CharField(label=_("代理人的姓名"), max_length=LONGEST_NAME)
    number = forms.CharField(
        label=_("代理人的身份证号码"),
        help_text=_("只用来认出代理人本人，不会显示给任何人。"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("除了查看，还可以办理"), required=False, widget=forms.CheckboxSelectMultiple()
    )
    days = forms.IntegerField(label=_("有效多少天"), min_value=1, initial=30)

    def __init__(self, *args: Any, longest: int, **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer the scopes, and say how long it may last."""
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = [  # type: ignore[attr-defined]
            (one.code, f"{in_language(one.zh, one.en)}：{in_language(one.means_zh, one.means_en)}")
            for one in scopes().values()
            if one.code != LOOK
        ]
        self.fields["days"].help_text = _("最多%s天，到期自动结束。") % longest
