"""Menu entries of the catalogue."""

from django.utils.translation import gettext_lazy as _

from chengxin.ui.facade import Entry

MENU = (
    Entry(section="public", title=_("目录清单"), url_name="catalogue", order=40),
    Entry(section="public", title=_("政策法规"), url_name="policies", order=50),
    Entry(section="about", title=_("政策法规"), url_name="policies", order=30),
    Entry(section="about", title=_("重点人群"), url_name="catalogue_groups", order=35),
    Entry(section="about", title=_("标准规范"), url_name="standards", order=40),
)
