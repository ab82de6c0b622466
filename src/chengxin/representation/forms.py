"""To whom, for what, for how long; and for whom, as what, on which papers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.casework.facade import PapersField
from chengxin.representation.contracts import Ground
from chengxin.representation.rules import LONGEST_NAME
from chengxin.representation.scopes import LOOK, scopes
from chengxin.ui.facade import DateInput, in_language


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
            if one.code != LOOK and Ground.MANDATE in one.grounds
        ]
        self.fields["days"].help_text = _("最多%s天，到期自动结束。") % longest


LONGEST_INTEREST = 500
_PAPER = _("手机拍照就行：照片或者 PDF，最多 10 MB。加密保存，只有核对的信用办能打开，每次打开都有记录。")


class ApplicationForm(forms.Form):
    """Say for whom, as what and why, and show two papers; what kin one is to whom is not asked."""

    ground = forms.ChoiceField(
        label=_("您以什么身份代办"),
        choices=(
            (Ground.GUARDIAN, _("监护人：对方是成年人，法院认定不能完全自己办事")),
            (Ground.NEXT_OF_KIN, _("近亲属：对方已经去世")),
        ),
        widget=forms.RadioSelect(),
    )
    name = forms.CharField(label=_("对方的姓名"), max_length=LONGEST_NAME)
    number = forms.CharField(
        label=_("对方的身份证号码"),
        help_text=_("只给核对的工作人员看。"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    document = forms.FileField(
        label=_("法院的判决书，或者死亡证明"),
        help_text=_PAPER,
        widget=forms.FileInput(attrs={"accept": "image/*,.pdf"}),
    )
    relation = forms.FileField(
        label=_("证明您是监护人或者近亲属的文书"),
        help_text=_("例如指定监护人的文书、户口簿、亲属关系证明。"),
        widget=forms.FileInput(attrs={"accept": "image/*,.pdf"}),
    )
    interest = forms.CharField(
        label=_("为什么要代办"),
        help_text=_("用一两句话写明要办什么事。请不要写证件号码。"),
        max_length=LONGEST_INTEREST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    until = forms.DateField(
        label=_("文书写明的最后一天"), help_text=_("没有写明的不用填。"), required=False, widget=DateInput()
    )
    body = forms.ChoiceField(label=_("由哪里核对"))

    def __init__(self, *args: Any, offices: dict[str, str], **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer the credit offices."""
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = list(offices.items())  # type: ignore[attr-defined]


class PapersForm(forms.Form):
    """Papers that were asked for."""

    papers = PapersField(label=_("补交的材料"), help_text=_("照片或者 PDF，每份最多 10 MB。"))
