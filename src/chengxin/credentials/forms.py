"""Which claims, and the key they are bound to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chengxin.presentations.facade import claim_words


class CredentialForm(forms.Form):
    """Choose claims and give the public key of one's wallet; nothing is ticked beforehand."""

    claims = forms.MultipleChoiceField(label=_("凭证里写什么"), widget=forms.CheckboxSelectMultiple())
    key = forms.CharField(
        label=_("钱包的公钥"),
        help_text=_("在手机钱包里复制公钥（JWK）粘贴到这里。凭证只有这把钥匙能用，别人拿到也没有用。"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, offered: Sequence[tuple[str, bool]], **kwargs: Any) -> None:  # noqa: ANN401
        """Offer what holds now."""
        super().__init__(*args, **kwargs)
        holding = [(code, claim_words(code)) for code, answer in offered if answer]
        self.fields["claims"].choices = holding  # type: ignore[attr-defined]
