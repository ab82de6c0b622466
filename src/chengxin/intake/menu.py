"""Menu entries of collection."""

from django.utils.translation import gettext_lazy as _

from chengxin.kernel.actor import Role
from chengxin.ui.facade import Entry

_STAFF = frozenset({Role.CLERK, Role.APPROVER})
MENU = (
    Entry(
        section="dept",
        title=_("上传文件"),
        url_name="intake_upload",
        order=20,
        roles=frozenset({Role.CLERK}),
        group=_("归集"),
    ),
    Entry(
        section="dept",
        title=_("上报批次"),
        url_name="intake_batches",
        order=30,
        roles=_STAFF,
        group=_("归集"),
    ),
    Entry(
        section="dept",
        title=_("数据质量"),
        url_name="intake_quality",
        order=40,
        roles=_STAFF,
        group=_("归集"),
    ),
    Entry(
        section="dept",
        title=_("来源登记"),
        url_name="office_sources",
        order=45,
        roles=_STAFF,
        group=_("归集"),
    ),
    Entry(
        section="office",
        title=_("来源登记"),
        url_name="office_sources",
        order=30,
        roles=frozenset({Role.CASE_OFFICER}),
    ),
)
