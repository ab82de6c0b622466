"""What people write about honours: who and why, yes or no, a letter, an answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.catalogue.contracts import Field
from chengxin.determinations.facade import DraftForm
from chengxin.honours import words
from chengxin.honours.contracts import Answer, Outcome
from chengxin.honours.rules import LONGEST


class NominateForm(DraftForm):
    """Who is nominated, and for what deeds."""

    story = forms.CharField(
        label=_("事迹"),
        help_text=_("写清楚做了什么。被提名人先看到，同意以后才公示。不写证件号码、住址和别人的姓名。"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, asked: list[Field], **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Ask who it is first, then for the deeds."""
        super().__init__(*args, asked=asked, **kwargs)
        self.order_fields([field.name for field in asked])

    def who(self) -> dict[str, str]:
        """Return who is nominated, as the cells of a sheet."""
        return {name: text for name, text in self.cells().items() if name != "story"}


class AnswerForm(forms.Form):
    """What a nominee says; nothing is ticked beforehand."""

    answer = forms.ChoiceField(label=_("您的答复"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer yes with the name, yes without it, no."""
        super().__init__(*args, **kwargs)
        offered = [one for one in Answer if one is not Answer.WAITING]
        self.fields["answer"].choices = [(one.value, words.answer_words(one)) for one in offered]  # type: ignore[attr-defined]


class StatementForm(forms.Form):
    """What an honoured says before a withdrawal."""

    text = forms.CharField(
        label=_("陈述申辩"),
        help_text=_("写明事实和理由。授予单位必须复核，不得因为您申辩而加重。"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ObjectionForm(forms.Form):
    """What somebody knows against a nomination; nobody is asked who they are."""

    text = forms.CharField(
        label=_("您要反映什么"),
        help_text=_("只有授予单位看得到，不公开，也不告诉被提名人是谁写的。写明什么事、什么时候、在哪里。"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ProposalForm(forms.Form):
    """Whom somebody would honour, and who grants it."""

    to = forms.ChoiceField(label=_("哪一种荣誉，由谁授予"))
    text = forms.CharField(
        label=_("提名谁，为什么"),
        help_text=_("只有授予单位看得到。写明怎样找到这个人或者这家单位，做了什么；不写证件号码。"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401
        """Offer each kind with each body that grants it."""
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = offered  # type: ignore[attr-defined]


class ReplyForm(forms.Form):
    """What became of a letter, and why."""

    outcome = forms.ChoiceField(label=_("结果"))
    reply = forms.CharField(
        label=_("答复"),
        help_text=_("写信的人凭编号看到，不写任何人的姓名。"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - as Django has it
        """Offer adopted or not."""
        super().__init__(*args, **kwargs)
        offered = [one for one in Outcome if one is not Outcome.WAITING]
        self.fields["outcome"].choices = [(one.value, words.outcome_words(one)) for one in offered]  # type: ignore[attr-defined]


class VisitForm(forms.Form):
    """What an officer saw on site."""

    found = forms.CharField(
        label=_("在现场看到什么"),
        help_text=_("哪一天、看了哪里、为什么符合条件。被提名人看得到；不写别人的姓名。"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReviewForm(forms.Form):
    """Why an honour is looked at again."""

    reasons = forms.CharField(label=_("为什么复核"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class ChooseForm(forms.Form):
    """Which honours a reader wants to see."""

    kind = forms.ChoiceField(label=_("荣誉种类"), required=False)

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401
        """Offer every kind."""
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("全部")), *offered]  # type: ignore[attr-defined]
