"""What an officer enters about a plan and a sample, and what a merchant says against a result."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.casework.facade import PapersField, text
from chengxin.inspections.contracts import Planned, Purchase, Report
from chengxin.inspections.disclosing import LARGEST
from chengxin.market.facade import categories
from chengxin.ui.facade import DateInput

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _papers(label: StrOrPromise) -> PapersField:
    return PapersField(label=label, help_text=_("照片或者PDF，每份最多10 MB。"), required=True)


class PlanForm(forms.Form):
    """A plan: which goods, by which standard, how many; or one shop that was reported."""

    title = forms.CharField(label=_("抽检什么商品"), help_text=_("会公布。例如预包装糕点。"), max_length=120)
    category = forms.ChoiceField(label=_("经营类别"), help_text=_("从本行政区域卖这一类的在营店铺里抽签。"))
    standard = forms.CharField(label=_("按哪些标准检验"), help_text=_("标准号和名称，会公布。"), max_length=200)
    size = forms.IntegerField(label=_("抽几家"), min_value=1, initial=1)
    platform = forms.ChoiceField(label=_("指定店铺：平台"), required=False)
    shop = forms.CharField(
        label=_("指定店铺：编号"), help_text=_("抽签的不填。有反映、线索的才填。"), max_length=40, required=False
    )
    reported = forms.CharField(
        label=_("反映或者线索的编号"), help_text=_("只在案件里，不公布。"), max_length=80, required=False
    )

    def __init__(self, *args: Any, platforms: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401
        """Offer the categories and the platforms."""
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [  # type: ignore[attr-defined]
            (code, text(one.title)) for code, one in categories().items()
        ]
        self.fields["platform"].choices = [("", "—"), *platforms]  # type: ignore[attr-defined]

    def planned(self) -> Planned:
        """Return what was filled in."""
        return Planned(**self.cleaned_data)


class PurchaseForm(forms.Form):
    """How a sample was bought."""

    goods = forms.CharField(label=_("商品"), help_text=_("名称、规格、批次。结果公布时会写。"), max_length=200)
    order = forms.CharField(label=_("订单号"), help_text=_("不公布，商家也看不到。"), max_length=64)
    paid = forms.DecimalField(
        label=_("付了多少元"),
        help_text=_("样品由单位付钱，不向商家收费。"),
        min_value=0,
        max_digits=9,
        decimal_places=2,
    )
    bought_on = forms.DateField(label=_("哪一天买的"), widget=DateInput())
    reserve = forms.CharField(
        label=_("备样放在哪里"),
        help_text=_("封存一份，留给复检：单位、封条编号。商家看得到。没有留的不填。"),
        max_length=120,
        required=False,
    )
    papers = _papers(_("订单、封样的照片"))

    def purchase(self) -> Purchase:
        """Return what was filled in."""
        said = self.cleaned_data
        return Purchase(
            goods=said["goods"],
            order=said["order"],
            paid_fen=int(said["paid"] * 100),
            bought_on=said["bought_on"],
            reserve=said["reserve"],
        )


class ReportForm(forms.Form):
    """What a laboratory found."""

    laboratory = forms.CharField(label=_("检验机构"), max_length=120)
    passed = forms.ChoiceField(label=_("检验结论"), choices=[("1", _("合格")), ("", _("不合格"))], required=False)
    finding = forms.CharField(
        label=_("不合格的写哪一项"),
        help_text=_("项目、标准要求、实测值。合格的不填。"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    papers = _papers(_("检验报告"))

    def found(self) -> Report:
        """Return what was filled in."""
        said = self.cleaned_data
        return Report(laboratory=said["laboratory"], passed=bool(said["passed"]), finding=said["finding"])


class ServiceForm(forms.Form):
    """When the merchant received the result."""

    received_on = forms.DateField(
        label=_("商家哪一天收到的"), help_text=_("填回执上的日期，复检期从这天起算。"), widget=DateInput()
    )
    papers = _papers(_("送达回执"))


class RetestForm(forms.Form):
    """Why a merchant does not accept a result."""

    words = forms.CharField(label=_("为什么不同意这个结果"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}))


class CheckForm(forms.Form):
    """A text file of a platform that is looked through."""

    platform = forms.ChoiceField(label=_("哪个平台"))
    file = forms.FileField(label=_("文件"), help_text=_("最大2 MB，UTF-8。"))

    def __init__(self, *args: Any, platforms: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401
        """Offer the platforms."""
        super().__init__(*args, **kwargs)
        self.fields["platform"].choices = platforms  # type: ignore[attr-defined]

    def clean_file(self) -> str:
        """Return the text of the file."""
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST:
            raise forms.ValidationError(_("文件太大，最大2 MB。"))
        try:
            return str(sent.read().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("文件不是UTF-8文字。")) from error

    def text(self) -> str:
        """Return what was handed in."""
        return str(self.cleaned_data["file"])


class SeriesForm(CheckForm):
    """A series of prices."""


PAGES = {"home": _("店铺首页"), "goods": _("商品页"), "search": _("搜索结果页")}


class PageForm(CheckForm):
    """A static copy of a page."""

    page = forms.ChoiceField(label=_("什么页面"), choices=list(PAGES.items()))
    shop = forms.CharField(label=_("店铺编号"), max_length=40)
    copied_on = forms.DateField(label=_("哪一天保存的"), widget=DateInput())
    field_order = ("platform", "shop", "page", "copied_on", "file")


def _words(label: StrOrPromise, hint: StrOrPromise = "") -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, max_length=500, widget=forms.Textarea(attrs={"rows": 4}))


class ApplyForm(forms.Form):
    """Why somebody wants to be a supervisor."""

    body = forms.ChoiceField(label=_("向哪个市场监管部门申请"))
    words = _words(_("为什么想担任"), _("平时买什么、怎么买，写几句就行。"))

    def __init__(self, *args: Any, bodies: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401
        """Offer the market regulators."""
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = bodies  # type: ignore[attr-defined]


class VisitForm(forms.Form):
    """What a supervisor saw, with proof of the purchase."""

    words = _words(_("看到了什么"), _("哪天买的、买了什么、哪里不对。"))
    papers = _papers(_("购买凭证和照片"))


class AssignForm(forms.Form):
    """Which supervisor visits which shop."""

    supervisor = forms.ChoiceField(label=_("监督员"), help_text=_("只写编号。"))
    platform = forms.ChoiceField(label=_("哪个平台"))
    shop = forms.CharField(label=_("店铺编号"), max_length=40)
    words = _words(_("请看什么"))

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - as Django has it
        supervisors: Sequence[tuple[str, str]],
        platforms: Sequence[tuple[str, str]],
        **kwargs: Any,  # noqa: ANN401 - as Django has it
    ) -> None:
        """Offer the supervisors in office and the platforms."""
        super().__init__(*args, **kwargs)
        self.fields["supervisor"].choices = supervisors  # type: ignore[attr-defined]
        self.fields["platform"].choices = platforms  # type: ignore[attr-defined]
