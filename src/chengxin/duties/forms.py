"""The forms by which a platform files a rule or acts under one, and by which a merchant appeals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.casework.facade import PapersField, text
from chengxin.duties.contracts import Asked, FilingDuty, FilingField, Probe, Report, Rhythm, Right, Rule, Sheet
from chengxin.duties.kinds import kinds
from chengxin.duties.probes import channels
from chengxin.ui.facade import DateInput


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class RuleForm(forms.Form):
    """The next version of a rule."""

    code = forms.CharField(label=_("规则编号"), help_text=_("同一编号再报是新的版本。"), max_length=40)
    title = forms.CharField(label=_("规则名称"), max_length=120)
    text = forms.CharField(label=_("规则正文"), max_length=20_000, widget=_area(8))
    comment_from = forms.DateField(label=_("征求意见从"), widget=DateInput(), required=False)
    comment_until = forms.DateField(label=_("征求意见到"), widget=DateInput(), required=False)
    published_on = forms.DateField(label=_("公示日"), widget=DateInput())
    effective_on = forms.DateField(label=_("实施日"), help_text=_("修改的，至少在公示七日以后。"), widget=DateInput())


class ActionForm(forms.Form):
    """A measure or a class: under which rule, why, where to appeal."""

    shop = forms.CharField(label=_("店铺编号"), max_length=40)
    kind = forms.ChoiceField(label=_("措施"), help_text=_("分类只告知商家，其他措施依法公开。"))
    rule_id = forms.ChoiceField(label=_("依据的规则"), help_text=_("没有的，先在规则库归档。"))
    article = forms.CharField(label=_("条款"), help_text=_("例如第十二条。"), max_length=40)
    reasons = forms.CharField(
        label=_("理由"), help_text=_("公开的措施，任何人都看得到。"), max_length=500, widget=_area(4)
    )
    appeal_url = forms.CharField(label=_("申诉网址"), help_text=_("平台域名下、https 开头。"), max_length=200)
    starts_on = forms.DateField(label=_("从哪一天起"), widget=DateInput())
    ends_on = forms.DateField(
        label=_("到哪一天止"), help_text=_("没有期限的不填。"), widget=DateInput(), required=False
    )

    def __init__(self, *args: Any, rules: Sequence[Rule], **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer the kinds with their grades, and the platform's own rules."""
        super().__init__(*args, **kwargs)
        chosen = []
        for kind in kinds().values():
            graded = [
                (f"{kind.code}:{grade}", f"{text(kind.title)}：{text(said)}") for grade, said in kind.grades.items()
            ]
            chosen += graded or [(f"{kind.code}:", text(kind.title))]
        self.fields["kind"].choices = chosen  # type: ignore[attr-defined]
        self.fields["rule_id"].choices = [  # type: ignore[attr-defined]
            (str(one.id), f"{one.text.title} v{one.version}") for one in rules
        ]


class AppealForm(forms.Form):
    """Why a merchant does not accept a measure."""

    words = forms.CharField(label=_("为什么不服"), max_length=500, widget=_area(4))


RIGHTS = {
    Right.TRADEMARK: _("注册商标"),
    Right.PATENT: _("专利"),
    Right.COPYRIGHT: _("著作权"),
    Right.OTHER: _("其他知识产权"),
}
_INSIDE = _("照片或者PDF，每份最多10 MB。只给本单位承办人看，不公开。")
_PAPERS = _("照片或者PDF，每份最多10 MB。材料只给双方和承办人看，不公开。")


class ClaimForm(forms.Form):
    """A notice a platform received from a right holder."""

    shop = forms.CharField(label=_("店铺编号"), max_length=40)
    right = forms.ChoiceField(label=_("什么权利"), choices=list(RIGHTS.items()))
    right_number = forms.CharField(
        label=_("权利的编号"), help_text=_("注册号、专利号，没有的不填。"), max_length=60, required=False
    )
    holder = forms.CharField(
        label=_("权利人"), help_text=_("单位填名称；是个人的不填，公示为个人权利人。"), max_length=120, required=False
    )
    goods = forms.CharField(label=_("涉及的商品或者服务"), help_text=_("会公示。"), max_length=300, widget=_area(3))
    received_on = forms.DateField(label=_("收到通知的日期"), widget=DateInput())
    papers = PapersField(label=_("构成侵权的初步证据"), help_text=_PAPERS, required=True)


class DeclarationForm(forms.Form):
    """What a merchant says against a notice."""

    words = forms.CharField(label=_("为什么没有侵权"), max_length=500, widget=_area(4))
    papers = PapersField(label=_("没有侵权的初步证据"), help_text=_PAPERS, required=True)


class ReportForm(forms.Form):
    """What one duty asks a platform to file; its fields are those of `filings.yaml`."""

    def __init__(self, *args: Any, duty: FilingDuty, periods: Sequence[str], **kwargs: Any) -> None:  # noqa: ANN401
        """Ask for the month or the day, then for each answer."""
        super().__init__(*args, **kwargs)
        if duty.rhythm is Rhythm.MONTHS:
            choices = [(one, one) for one in periods]
            self.fields["period"] = forms.ChoiceField(label=_("报哪个月份的"), choices=choices)
        else:
            hint = _("第一次披露的不填，变更的填变更那天。") if duty.from_start else ""
            self.fields["happened_on"] = forms.DateField(
                label=text(duty.day) if duty.day else _("发生的日期"),
                help_text=hint,
                widget=DateInput(),
                required=not duty.from_start,
            )
        for field in duty.fields:
            self.fields[field.name] = _asked(field)

    def report(self, duty: str) -> Report:
        """Return what was filled in."""
        said = dict(self.cleaned_data)
        period, happened_on = said.pop("period", ""), said.pop("happened_on", None)
        answers = {name: str(value) for name, value in said.items()}
        return Report(duty=duty, answers=answers, period=period, happened_on=happened_on)


_BASIS = _("法规库的写法，例如 EC/25。")
_PUBLIC = _("会公示，不写人的姓名和号码。")


def _asked(field: FilingField, *, hint: str | None = None) -> forms.Field:
    label = text(field.title)
    if field.type == "count":
        return forms.IntegerField(label=label, min_value=0, max_value=999_999_999)
    if field.type in {"line", "law", "uscc"}:
        return forms.CharField(label=label, help_text=_BASIS if field.type == "law" else "", max_length=80)
    if field.type == "date":
        return forms.DateField(label=label, widget=DateInput())
    if field.type == "choice":
        return forms.ChoiceField(label=label, choices=[(code, text(words)) for code, words in field.options.items()])
    return forms.CharField(label=label, help_text=_PUBLIC if hint is None else hint, max_length=500, widget=_area(3))


class SheetForm(forms.Form):
    """What an authority fills in to ask a platform or a merchant; its fields are those of `sheets.yaml`."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - as Django has it
        sheet: Sheet,
        platforms: Sequence[tuple[str, str]],
        bodies: Sequence[tuple[str, str]] = (),
        sources: Sequence[tuple[str, str]] = (),
        **kwargs: Any,  # noqa: ANN401 - as Django has it
    ) -> None:
        """Ask whom it is for, then each answer; the field that opens a case per option is not asked."""
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        self._ask_whom(platforms, bodies, sources)
        if sheet.to_merchants:
            hint = _("向平台调取的不填；向商家调取的，填它的店铺编号。")
            self.fields["shop"] = forms.CharField(label=_("店铺编号"), help_text=hint, max_length=40, required=False)
        for field in sheet.fields:
            if field.name != sheet.each:
                self.fields[field.name] = _asked(field, hint="")
        if sheet.follows:
            self.fields["papers"] = PapersField(label=_("证据"), help_text=_INSIDE, required=True)

    def _ask_whom(
        self,
        platforms: Sequence[tuple[str, str]],
        bodies: Sequence[tuple[str, str]],
        sources: Sequence[tuple[str, str]],
    ) -> None:
        sheet = self.sheet
        offered = [("", _("不在登记的平台上")), *platforms] if sheet.to_bodies else platforms
        if sheet.follows:
            self.fields["source"] = forms.ChoiceField(label=_("哪次专项行动"), choices=sources)
        if sheet.of_shops or not sheet.inside:
            self.fields["platform"] = forms.ChoiceField(
                label=_("哪个平台"), choices=offered, required=not sheet.to_bodies
            )
        if sheet.of_shops:
            self.fields["shop"] = forms.CharField(
                label=_("店铺编号"),
                help_text="" if sheet.inside else _("选了平台的要填。"),
                max_length=40,
                required=sheet.inside,
            )
        if sheet.to_bodies:
            self.fields["to"] = forms.ChoiceField(
                label=_("移送给哪个主管部门"),
                help_text=_("例如网信、通信、市场监管部门；和平台分别签收、分别答复。"),
                choices=[("", _("只送平台")), *bodies],
                required=False,
            )
            self.fields["source"] = forms.CharField(
                label=_("来自哪件举报"),
                help_text=_("填举报编号，举报人凭查询码看得到移送和签收；对方看不到编号。没有的不填。"),
                max_length=24,
                required=False,
            )

    def asked(self) -> Asked:
        """Return what was filled in."""
        said = dict(self.cleaned_data)
        said.pop("papers", None)
        whom = {name: said.pop(name, "").strip() for name in ("platform", "shop", "to", "source")}
        answers = {name: str(value) for name, value in said.items()}
        return Asked(sheet=self.sheet.code, answers=answers, **whom)


class DataForm(forms.Form):
    """What a merchant gives to a data request, or why its scope is not clear."""

    words = forms.CharField(label=_("说明"), max_length=500, widget=_area(3))
    papers = PapersField(label=_("提供的材料"), help_text=_("照片或者PDF。只给提出的部门和承办人看，不公开。"))


class ProbeForm(forms.Form):
    """What an officer found by a test call."""

    platform = forms.ChoiceField(label=_("哪个平台"))
    channel = forms.ChoiceField(label=_("服务渠道"))
    depth = forms.IntegerField(label=_("菜单层数"), help_text=_("到人工以前按了几层。"), min_value=0, max_value=20)
    seconds = forms.IntegerField(
        label=_("等了多少秒"), help_text=_("没有接通的不填。"), min_value=0, max_value=86_400, required=False
    )
    on = forms.DateField(label=_("抽测日"), widget=DateInput())

    def __init__(self, *args: Any, platforms: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401
        """Offer the platforms and the channels."""
        super().__init__(*args, **kwargs)
        self.fields["platform"].choices = platforms  # type: ignore[attr-defined]
        self.fields["channel"].choices = [(code, text(words)) for code, words in channels().items()]  # type: ignore[attr-defined]

    def probe(self) -> Probe:
        """Return what was filled in."""
        return Probe(**self.cleaned_data, was_answered=self.cleaned_data["seconds"] is not None)
