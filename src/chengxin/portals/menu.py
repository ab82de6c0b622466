"""Menu entries of the public site."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

_STAFF = frozenset({Role.CLERK, Role.APPROVER, Role.CASE_OFFICER})
MENU = (
    Entry(section="public", title=_("信用查询"), url_name="search", order=10),
    Entry(section="public", title=_("信用公示"), url_name="publicity", order=20),
    Entry(section="dept", title=_("更正通知"), url_name="corrections", order=15, roles=_STAFF),
    Entry(
        section="office",
        title=_("公开属性和期限"),
        url_name="office_rules",
        order=40,
        roles=frozenset({Role.CASE_OFFICER}),
    ),
    Entry(section="about", title=_("公开属性和期限"), url_name="rules", order=45),
    Entry(section="about", title=_("红线"), url_name="red_lines", order=47),
    Entry(section="about", title=_("词汇"), url_name="glossary", order=50),
    Entry(section="about", title=_("帮助"), url_name="help", order=60),
)
