"""Menu entries of indicator standards."""

from django.utils.translation import gettext_lazy as _

from chengxin.ui.facade import Entry

MENU = (Entry(section="about", title=_("评价指标标准"), url_name="indicator_standards", order=35),)
