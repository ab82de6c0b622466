"""Menu entries of catalogue amendments."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

MENU = (
    Entry(section="public", title=_("目录修订"), url_name="amendments", order=42),
    Entry(section="about", title=_("目录修订"), url_name="amendments", order=33),
    Entry(
        section="office",
        title=_("目录修订"),
        url_name="amendments_office",
        order=30,
        roles=frozenset({Role.CASE_OFFICER}),
    ),
)
