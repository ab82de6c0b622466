"""Menu entries of the public site."""

from django.utils.translation import gettext_lazy as _

from chengxin.ui.facade import Entry

MENU = (
    Entry(section="public", title=_("信用查询"), url_name="search", order=10),
    Entry(section="public", title=_("信用公示"), url_name="publicity", order=20),
    Entry(section="about", title=_("词汇"), url_name="glossary", order=50),
    Entry(section="about", title=_("帮助"), url_name="help", order=60),
)
