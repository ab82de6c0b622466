"""The forms of complaints: three screens of the consumer, the follow page, what the shop and the bodies do."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.casework.contracts import Words
from chengxin.casework.facade import PapersField, text
from chengxin.disputes.contracts import COURIER, PROCEDURE, Contact, Offer
from chengxin.disputes.respondents import find_company_code, institutions
from chengxin.disputes.rules import LONGEST, LONGEST_PUBLIC, MOST_FEN
from chengxin.disputes.tables import asks, exceptions, matters
from chengxin.ui.facade import DateInput

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FEN: Final = 100


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _choices(said: Mapping[str, Words]) -> list[tuple[str, str]]:
    return [(code, text(words)) for code, words in said.items()]


def yuan_field(label: StrOrPromise, **given: Any) -> forms.DecimalField:  # noqa: ANN401 - as Django has it
    """Return a field for money in yuan; `fen_of` reads it."""
    most = Decimal(MOST_FEN) / FEN
    return forms.DecimalField(label=label, min_value=0, max_value=most, decimal_places=2, **given)


def fen_of(amount: Decimal | None) -> int:
    """Return money in whole fen."""
    return int((amount or 0) * FEN)


class SheetForm(forms.Form):
    """One sheet of a hotline."""

    hotline = forms.ChoiceField(label=_("热线"), widget=forms.RadioSelect)
    number = forms.CharField(label=_("工单号"), max_length=40)
    platform = forms.ChoiceField(label=_("平台"))
    shop = forms.CharField(label=_("店铺编号"), max_length=40)
    phone = forms.CharField(
        label=_("来电号码"),
        help_text=_("只用来认出同一个人的几次来电；加密保存，店铺只在本人同意时看到。"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )
    text = forms.CharField(label=_("来电人说了什么"), max_length=LONGEST, widget=_area(5))
    on = forms.DateField(label=_("来电日期"), widget=DateInput)
    matter = forms.ChoiceField(label=_("发生了什么"))
    asks = forms.ChoiceField(label=_("来电人想要什么"))

    def __init__(self, *given: Any, platforms: list[tuple[str, str]], hotlines: tuple[str, ...]) -> None:  # noqa: ANN401
        super().__init__(*given)
        for name, choices in (
            ("hotline", [(one, one) for one in hotlines]),
            ("platform", platforms),
            ("matter", _choices(matters())),
            ("asks", _choices(asks())),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]


class SheetsForm(forms.Form):
    """A file of sheets; it is read and forgotten."""

    file = forms.FileField(
        label=_("工单文件"),
        help_text=_("CSV 或者 XLSX，最多500行。只读取，不保存文件。"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )


class FindForm(forms.Form):
    """Screen one: a parcel, an order, or the address of a shop's page."""

    code = forms.CharField(
        label=_("包裹单号或者订单号"),
        help_text=_("快递面单上，或者您在平台的订单里有。也可以粘贴店铺页面的网址。"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class TellForm(forms.Form):
    """Screen two: what happened, and what is wanted."""

    code = forms.CharField(max_length=200, widget=forms.HiddenInput)
    matter = forms.ChoiceField(label=_("发生了什么"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("说说经过"),
        help_text=_("买了什么，哪一天，哪里不对。电话、地址、账号会自动遮住。"),
        max_length=LONGEST,
        widget=_area(6),
    )
    asks = forms.ChoiceField(label=_("您想要什么"), widget=forms.RadioSelect)
    yuan = yuan_field(_("多少钱（元）"), required=False)
    parcel = forms.CharField(
        label=_("运单号"),
        help_text=_("面单上的号码。只有办理的人打开以后才看到。"),
        max_length=32,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    institution = forms.ChoiceField(label=_("通过哪家支付机构付的款"), required=False)
    breach = forms.CharField(
        label=_("店铺违法的情况"),
        help_text=_("例如售假、虚假宣传。单独作为举报交市场监管，店铺看不到。"),
        max_length=LONGEST,
        required=False,
        widget=_area(3),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer the matters and what may be asked for."""
        super().__init__(*args, **kwargs)
        code = str(self.data.get("code", "") or self.initial.get("code", ""))
        self.company = find_company_code(code)
        procedure = COURIER if self.company else PROCEDURE
        self.fields["matter"].choices = _choices(matters(procedure))  # type: ignore[attr-defined]
        self.fields["asks"].choices = _choices(asks(procedure))  # type: ignore[attr-defined]
        self.fields["parcel"].required = bool(self.company)
        if not self.company:
            self.fields["parcel"].help_text = ""  # It goes hidden: nothing on the page would explain it.
        known = [(one.uscc, one.name) for one in institutions()]
        self.fields["institution"].choices = [("", _("不知道，或者和付款无关")), *known]  # type: ignore[attr-defined]


class ContactForm(forms.Form):
    """Who complains, if they want to say so."""

    name = forms.CharField(label=_("您的姓名"), max_length=40, required=False)
    phone = forms.CharField(label=_("电话"), max_length=40, required=False)
    address = forms.CharField(label=_("地址"), max_length=120, required=False)
    shares_contact = forms.BooleanField(label=_("让对方也看到联系方式"), required=False)

    def contact(self) -> Contact:
        """Return what was given."""
        given = self.cleaned_data
        return Contact(name=given["name"].strip(), phone=given["phone"].strip(), address=given["address"].strip())


class SendForm(ContactForm, TellForm):
    """Screen three: everything once more, papers, a contact, and whether the story may be read by others."""

    papers = PapersField(label=_("照片、截图"), help_text=_("照片或者 PDF，最多6份，每份最多 10 MB。"))
    may_publish = forms.BooleanField(
        label=_("办结以后，经过可以公开"),
        help_text=_("写在店铺的页面上给别的买家看，不写您是谁。不勾就不公开。"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Carry what was told on the screens before."""
        super().__init__(*args, **kwargs)
        for name in TellForm.base_fields:
            self.fields[name].widget = forms.HiddenInput()


class CodeForm(forms.Form):
    """The code of a complaint; it goes in the body of a request, never in an address."""

    code = forms.CharField(
        label=_("查询码"),
        help_text=_("提交投诉时显示过一次的16位码。"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class AddForm(forms.Form):
    """What a consumer adds."""

    text = forms.CharField(label=_("补充情况"), max_length=LONGEST, widget=_area(4))
    papers = PapersField(label=_("照片、截图"), help_text=_("照片或者 PDF，最多6份，每份最多 10 MB。"))


class ActForm(forms.Form):
    """What the shop, its platform or the authority does."""

    verb = forms.ChoiceField(label=_("办理"), widget=forms.RadioSelect)
    what = forms.ChoiceField(label=_("处理办法"), help_text=_("答复、达成协议、付款时选择。"), required=False)
    yuan = yuan_field(_("多少钱（元）"), required=False)
    done_on = forms.DateField(
        label=_("哪一天付的或者办的"), help_text=_("写付款时填写。"), required=False, widget=DateInput()
    )
    reasons = forms.CharField(
        label=_("说明"), help_text=_("双方都看得到。"), max_length=2000, required=False, widget=_area(4)
    )
    reply = forms.CharField(
        label=_("给别的买家看的回复"),
        help_text=_("投诉人同意公开经过的，和经过放在一起。电话、地址会遮住。"),
        max_length=LONGEST_PUBLIC,
        required=False,
        widget=_area(3),
    )

    def __init__(self, *args: Any, verbs: Mapping[str, Words], procedure: str, replies: bool, **kwargs: Any) -> None:  # noqa: ANN401
        """Offer the verbs that can be taken, and a public reply to the merchant alone."""
        super().__init__(*args, **kwargs)
        self.fields["verb"].choices = _choices(verbs)  # type: ignore[attr-defined]
        self.fields["what"].choices = [("", _("不写处理办法")), *_choices(asks(procedure))]  # type: ignore[attr-defined]
        if not replies:
            del self.fields["reply"]

    def offer(self) -> Offer:
        """Return the terms that were written."""
        given = self.cleaned_data
        return Offer(what=given["what"], fen=fen_of(given["yuan"]), done_on=given["done_on"])


class PromiseForm(forms.Form):
    """What a shop promises its buyers."""

    post = forms.CharField(label=_("首问负责岗位"), help_text=_("写岗位，不写人名。"), max_length=40)
    reach = forms.CharField(label=_("怎样联系这个岗位"), max_length=80, required=False)
    yuan = yuan_field(_("先行赔付最多多少元"), help_text=_("0 表示没有承诺。"), initial=0)
    return_days = forms.IntegerField(label=_("几天内无理由退货"), min_value=1, max_value=365, initial=7)
    exceptions = forms.MultipleChoiceField(
        label=_("哪些商品不适用"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer the exceptions of the law, and no other."""
        super().__init__(*args, **kwargs)
        self.fields["exceptions"].choices = _choices(exceptions())  # type: ignore[attr-defined]


class BookForm(forms.Form):
    """Money into or out of a shop's fund; a pay-out is booked by paying a complaint first."""

    kind = forms.ChoiceField(
        label=_("哪一种"),
        choices=[("deposit", _("存入")), ("claim_back", _("向店铺追偿")), ("return", _("退还店铺"))],
        widget=forms.RadioSelect,
    )
    yuan = yuan_field(_("多少钱（元）"))
    done_on = forms.DateField(label=_("哪一天"), widget=DateInput())
    number = forms.CharField(
        label=_("投诉编号"), help_text=_("追偿的，写为哪一件投诉赔付的。"), max_length=40, required=False
    )
