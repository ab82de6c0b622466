"""Menu entries of retention."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

MENU = (
    Entry(section="about", title=_("保存和销毁"), url_name="retention_rules", order=46),
    Entry(
        section="office", title=_("销毁清单"), url_name="destructions", order=66, roles=frozenset({Role.AUDIT_ADMIN})
    ),
)
