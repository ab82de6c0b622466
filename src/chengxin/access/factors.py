"""What allauth asks of us about second factors: sealed secrets, our words, and that staff keep one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from chengxin.access.proofs import FACTORS
from chengxin.access.sealing import sealing_for

_USE = b"chengxin second factor"


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Seal the secrets of second factors with a key outside of the database, and say things in our words."""

    error_messages: ClassVar[Mapping[str, object]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("验证码不对，或者已经用过。请等应用换出下一个验证码，再输入一次。"),
        "cannot_delete_authenticator": _("工作人员至少要保留一种第二重验证。请先添加另一种，再停用这一种。"),
        "cannot_generate_recovery_codes": _("请先设置一种第二重验证，再生成备用码。"),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return sealing_for(_USE).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret that `encrypt` sealed with this key or one before it."""
        return sealing_for(_USE).decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Let nobody with a post take away the last factor."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=FACTORS).exclude(
            pk=authenticator.pk
        )
        return others.exists() or not has_posts(authenticator.user)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:  # noqa: A002 - theirs
        """Number the keys of an account."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("通行密钥{place}").replace("{place}", str(count + 1))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name this site to the person's device."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": str(settings.SITE["name"])}


TOO_MANY = gettext_lazy("连续多次没有验证成功，请在半小时后再试。（A-LOCKED）")


def has_posts(user: AbstractBaseUser) -> bool:
    """Tell whether an account holds a post today."""
    from chengxin.access import models, queries  # noqa: PLC0415 - allauth loads this module before the models are ready
    from chengxin.kernel.clock import legal_day, now  # noqa: PLC0415

    return isinstance(user, models.Account) and bool(queries.account_of(user, on=legal_day(now())).posts)
