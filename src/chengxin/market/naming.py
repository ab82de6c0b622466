"""What a shop is called before people."""

from __future__ import annotations

from django.utils.translation import gettext as _

from chengxin.market.contracts import Shop


def name_of_shop(shop: Shop) -> str:
    """Return what a shop is called: an individual's shop by its number alone."""
    return shop.title or _("个人店铺 %s") % shop.number
