"""The forms of tips."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.access import facade as access
from chengxin.casework.facade import PapersField, body_name, get_procedure
from chengxin.casework.facade import text as said
from chengxin.complaints.actions import LONGEST

STEPS: Final = ("check", "extend", "ask", "find", "refer_police", "refer_cyberspace", "dismiss", "send_elsewhere")


class TipForm(forms.Form):
    """What happened, whom it is about, and who tells it if they want to."""

    body = forms.ChoiceField(
        label=_("举报哪个单位"),
        help_text=_("不知道，或者不在列表里，就不选，在下面写明。被举报的单位看不到这件举报。"),
        required=False,
    )
    text = forms.CharField(label=_("情况"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 8}))
    papers = PapersField(label=_("证据"), help_text=_("照片、截图或者 PDF，最多6份，每份最多 10 MB。提交后封存。"))
    name = forms.CharField(
        label=_("您的姓名"),
        help_text=_("可以匿名。写了也封存，只有承办人写明理由才能打开，每次都有记录。"),
        max_length=40,
        required=False,
    )
    contact = forms.CharField(label=_("联系方式"), max_length=80, required=False)

    def __init__(self, *args: Any, asks_body: bool = True, **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer the bodies of the platform, where a body is reported."""
        super().__init__(*args, **kwargs)
        if not asks_body:
            del self.fields["body"]
            return
        bodies = sorted((body.code for body in access.list_bodies()), key=body_name)
        self.fields["body"].choices = [("", _("不知道，或者不在列表里")), *((code, body_name(code)) for code in bodies)]  # type: ignore[attr-defined]


class CodeForm(forms.Form):
    """The code of a tip; it goes in the body of a request, never in an address."""

    code = forms.CharField(
        label=_("查询码"),
        help_text=_("提交举报时显示过一次的16位码。"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class AddForm(CodeForm):
    """What a reporter adds."""

    code = forms.CharField(widget=forms.HiddenInput, max_length=40)
    text = forms.CharField(label=_("补充情况"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}))
    papers = PapersField(label=_("证据"), help_text=_("照片、截图或者 PDF，每份最多 10 MB。"))


class AnswerForm(forms.Form):
    """A word to the reporter, and what is done with the tip."""

    text = forms.CharField(
        label=_("写给举报人"),
        help_text=_("举报人凭查询码看到。不要写出其他人的信息。"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    verb = forms.ChoiceField(label=_("同时办理"), required=False)
    reasons = forms.CharField(
        label=_("理由和依据"),
        help_text=_("留在案卷里，举报人看不到。作出结果时必须填写。"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, procedure: str, state: str, **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer the steps that are possible from where the tip stands."""
        super().__init__(*args, **kwargs)
        verbs = get_procedure(procedure).verbs
        possible = [(code, said(verbs[code].title)) for code in STEPS if state in verbs[code].from_states]
        self.fields["verb"].choices = [("", _("只答复，不改变状态")), *possible]  # type: ignore[attr-defined]


class IdentityForm(forms.Form):
    """Why the identity of a reporter is opened."""

    reasons = forms.CharField(label=_("为什么要看举报人的身份"), max_length=200)
