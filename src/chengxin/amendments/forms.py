"""The forms of amendments; the one of a draft is made from the schema of catalogue items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final, get_args, get_origin

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.amendments.contracts import HiddenBecause, Verdict
from chengxin.amendments.rules import LONGEST
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import ItemVersion
from chengxin.ui.facade import DateInput

HIDDEN_WORDS: Final = {
    HiddenBecause.PERSONAL: _("含有个人信息"),
    HiddenBecause.INSULT: _("侮辱、诽谤他人"),
    HiddenBecause.UNLAWFUL: _("法律禁止发布的内容"),
    HiddenBecause.ADVERT: _("广告"),
}
VERDICT_WORDS: Final = {
    Verdict.ADOPTED: _("采纳"),
    Verdict.PARTLY: _("部分采纳"),
    Verdict.DECLINED: _("没有采纳"),
    Verdict.NOTED: _("记录在案，供以后参考"),
}
# What of the schema the form asks; the rest of an item stays as it is and is changed in YAML.
ITEM_WORDS: Final[Mapping[str, Any]] = {
    "title": _("名称"),
    "summary": _("说明"),
    "effective_on": _("生效日期"),
    "nature": _("信息性质"),
    "basis": _("依据（每行一条，如 SH/10）"),
    "row_key": _("识别同一条记录的列（每行一个代码）"),
}
COLUMN_WORDS: Final[Mapping[str, Any]] = {
    "name": _("代码（小写字母）"),
    "title": _("名称"),
    "type": _("类型"),
    "max": _("最多几个字"),
    "required": _("必填"),
    "public": _("可以公开"),
    "personal": _("加密"),
    "note": _("填报说明"),
}
NEW_COLUMNS: Final = 2


class CommentForm(forms.Form):
    """What somebody has to say; nobody has to say who they are."""

    text = forms.CharField(
        label=_("您的意见"),
        help_text=_("会公开。请不要写任何人的姓名、号码、电话和住址。"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    name = forms.CharField(
        label=_("怎样称呼您"),
        help_text=_("会和意见一起公开，不填就写“一位公众”。"),
        max_length=40,
        required=False,
    )


class HideForm(forms.Form):
    """Why a comment is not published."""

    because = forms.ChoiceField(
        label=_("不公布的原因"), choices=[(one.value, HIDDEN_WORDS[one]) for one in HiddenBecause]
    )
    reasons = forms.CharField(label=_("说明（不要写出内容）"), max_length=500)


class ReplyForm(forms.Form):
    """What the office does with a comment."""

    verdict = forms.ChoiceField(label=_("采纳情况"), choices=[(one.value, VERDICT_WORDS[one]) for one in Verdict])
    reply = forms.CharField(label=_("答复"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))


class AssessmentForm(forms.Form):
    """The three parts of an impact assessment and the note of an expert."""

    necessity = forms.CharField(
        label=_("处理目的、方式是否合法、正当、必要"), max_length=LONGEST, widget=forms.Textarea
    )
    impact = forms.CharField(label=_("对个人权益的影响及安全风险"), max_length=LONGEST, widget=forms.Textarea)
    safeguards = forms.CharField(
        label=_("保护措施是否合法、有效并与风险程度相适应"), max_length=LONGEST, widget=forms.Textarea
    )
    expert = forms.CharField(label=_("专家的专业和单位"), help_text=_("不写姓名。例：法学，某大学。"), max_length=100)
    expert_note = forms.CharField(label=_("专家意见"), max_length=LONGEST, widget=forms.Textarea)
    effective_on = forms.DateField(
        label=_("推迟生效到"), help_text=_("只能比草案更晚，可以不填。"), required=False, widget=DateInput()
    )


class WrittenForm(forms.Form):
    """A draft as YAML, pasted or uploaded, with the reasons."""

    reasons = forms.CharField(
        label=_("修订理由"),
        help_text=_("会公开：为什么要改，依据什么。"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    file = forms.FileField(label=_("YAML 文件"), required=False, widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}))
    written = forms.CharField(
        label=_("或者直接填写 YAML"), required=False, widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"})
    )


class ItemForm(forms.Form):
    """The next version of an item, asked in the words of its schema; what is not asked stays as it is."""

    reasons = forms.CharField(
        label=_("修订理由"),
        help_text=_("会公开：为什么要改，依据什么。"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, item: ItemVersion, **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Ask what the schema asks, filled in with the newest version."""
        super().__init__(*args, **kwargs)
        self.raw = catalogue.written_of(item)
        self.columns = [str(column["name"]) for column in self.raw["fields"]]
        self.fields.update(_asked("item", catalogue.WrittenItem, ITEM_WORDS, {**self.raw, "effective_on": None}))
        for column in self.raw["fields"]:
            asked = dict(_asked(f"column_{column['name']}", catalogue.WrittenField, COLUMN_WORDS, column))
            asked.pop(f"column_{column['name']}_name")
            self.fields.update(asked)
            self.fields[f"column_{column['name']}_drop"] = forms.BooleanField(label=_("删去这一列"), required=False)
        for place in range(NEW_COLUMNS):
            self.fields.update(_asked(f"new_{place}", catalogue.WrittenField, COLUMN_WORDS, {}, optional=True))

    def of_item(self) -> list[forms.BoundField]:
        """Return what is asked of the item itself."""
        return [self[name] for name in self.fields if name == "reasons" or name.startswith("item_")]

    def of_columns(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return what is asked of each column under its title, the new ones last."""
        titles = {str(column["name"]): column["title"][0] for column in self.raw["fields"]}
        asked = [(titles[name], f"column_{name}_") for name in self.columns]
        asked += [(_("新增的列%(n)s") % {"n": place + 1}, f"new_{place}_") for place in range(NEW_COLUMNS)]
        return [(title, [self[name] for name in self.fields if name.startswith(start)]) for title, start in asked]

    def written(self) -> str:
        """Return the next version as YAML, with what was answered laid over the newest one."""
        given = self.cleaned_data
        columns = [
            {**column, **_answers(given, f"column_{column['name']}", COLUMN_WORDS)}
            for column in self.raw["fields"]
            if not given[f"column_{column['name']}_drop"]
        ]
        new = [_answers(given, f"new_{place}", COLUMN_WORDS) for place in range(NEW_COLUMNS)]
        return catalogue.as_yaml(
            {
                **self.raw,
                **_answers(given, "item", ITEM_WORDS),
                "version": int(self.raw["version"]) + 1,
                "drop": [name for name in self.columns if given[f"column_{name}_drop"]],
                "fields": [*columns, *(column for column in new if column.get("name"))],
            }
        )


def _asked(
    prefix: str, schema: type, words: Mapping[str, Any], known: Mapping[str, Any], *, optional: bool = False
) -> Iterator[tuple[str, forms.Field]]:
    """Yield a form field for each word of a schema that is asked, by its type."""
    declared: Mapping[str, Any] = schema.model_fields  # type: ignore[attr-defined]
    for name, label in words.items():
        kind, value = declared[name].annotation, known.get(name)
        required = declared[name].is_required() and not optional
        if _is_words(name):
            zh, en = value or ("", "")
            yield f"{prefix}_{name}_zh", forms.CharField(label=label, initial=zh, required=required, max_length=400)
            yield (
                f"{prefix}_{name}_en",
                forms.CharField(label=_("%s（英文）") % label, initial=en, required=required, max_length=400),
            )
        else:
            yield f"{prefix}_{name}", _field_for(kind, label=label, value=value, required=required)


def _field_for(kind: Any, *, label: Any, value: Any, required: bool) -> forms.Field:  # noqa: ANN401 - types of a schema
    if kind is bool:
        return forms.BooleanField(label=label, initial=bool(value), required=False)
    if kind is date:
        return forms.DateField(label=label, initial=value, required=required, widget=DateInput())
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return forms.ChoiceField(label=label, initial=value, required=required, choices=_choices(kind))
    if get_origin(kind) is tuple:
        return forms.CharField(
            label=label, initial="\n".join(value or ()), required=required, widget=forms.Textarea(attrs={"rows": 3})
        )
    if int in (kind, *get_args(kind)):
        return forms.IntegerField(label=label, initial=value, required=False, min_value=1)
    return forms.CharField(label=label, initial=value, required=required, max_length=100)


def _choices(kind: type[StrEnum]) -> list[tuple[str, Any]]:
    words = catalogue.labels({"Nature": "nature"}[kind.__name__]) if kind.__name__ == "Nature" else {}
    return [(one.value, words.get(one.value) or catalogue.type_words(one)) for one in kind]  # type: ignore[arg-type]


def _is_words(name: str) -> bool:
    return name in {"title", "summary", "note"}


def _answers(given: Mapping[str, Any], prefix: str, words: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was answered in the written form of an item; an empty answer says nothing."""
    said: dict[str, Any] = {}
    for name in words:
        if _is_words(name):
            pair = [given.get(f"{prefix}_{name}_zh") or "", given.get(f"{prefix}_{name}_en") or ""]
            said[name] = pair if any(pair) else None
        elif f"{prefix}_{name}" in given:
            value = given[f"{prefix}_{name}"]
            said[name] = value.split() if name in {"basis", "row_key"} else value
    return {name: value for name, value in said.items() if value not in (None, "", [])}
