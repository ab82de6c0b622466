"""Credentials as parts of the ui."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from chengxin.credentials.contracts import Credential, Issued, Status
from chengxin.presentations.facade import claim_words
from chengxin.ui.facade import Crumb, Empty, Fact, Page, State, Tone, series


def list_page(*, problems: bool) -> Page:
    """Return the head of one's own credentials."""
    lead = _("存在您手机钱包里的证明：只有结论，没有姓名、号码和内容。别人核对时不经过平台，平台不知道您给谁看过。")
    return Page(title=_("信用凭证"), lead=lead, problems=problems)


def issued_page() -> Page:
    """Return the head of the page that hands a credential over, once."""
    crumbs = (Crumb(text=_("信用凭证"), url=reverse("credentials")), Crumb(text=_("新的凭证")))
    return Page(title=_("请存进钱包"), lead=_("凭证只显示这一次，平台没有留存。"), crumbs=crumbs)


def facts_of(one: Credential) -> list[Fact]:
    """Return what a credential says, the key it is bound to, and until when."""
    return [
        Fact(name=_("写着什么"), value=series(claim_words(code) for code in one.claims)),
        Fact(name=_("签发时间"), value=one.issued_at),
        Fact(name=_("有效期至"), value=one.expires_at),
        Fact(name=_("绑定的钥匙"), value=one.key[:12], hint=_("公钥指纹的前12位")),
    ]


def issued_facts(issued: Issued) -> list[Fact]:
    """Return what was issued."""
    return [
        Fact(name=_("写着什么"), value=series(claim_words(code) for code in issued.claims)),
        Fact(name=_("有效期至"), value=issued.expires_at),
    ]


def state_of(one: Credential, *, at: datetime) -> State:
    """Return where a credential stands."""
    if one.revoked_at is None and at >= one.expires_at:
        return State(word=_("已到期"), tone=Tone.ENDED)
    return {
        Status.VALID: State(word=_("有效"), tone=Tone.DONE),
        Status.INVALID: State(word=_("您已停用"), tone=Tone.ENDED),
        Status.SUSPENDED: State(word=_("现在不能证明，暂停"), tone=Tone.NEUTRAL),
    }[one.status]


def none_yet() -> Empty:
    """Say that there is none yet."""
    return Empty(title=_("您还没有凭证"), meaning=_("领取以后列在这里，可以随时停用。"))
