"""Menu entries of collection."""

from django.utils.translation import gettext_lazy as _

from chengxin.access import facade as access
from chengxin.kernel.actor import Role
from chengxin.kernel.clock import legal_day, now
from chengxin.ui.facade import Entry

_STAFF = frozenset({Role.CLERK, Role.APPROVER})


def _is_credit_office(body: str) -> bool:
    """Tell whether a body runs the register of sources."""
    found = access.find_body(body) if body else None
    return found is not None and found.is_credit_office


def _is_source(body: str) -> bool:
    """Tell whether a body may file something today; of another there is no page."""
    return bool(body) and bool(access.list_source_rights(on=legal_day(now()), body=body))


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
        bodies=_is_source,
        group=_("归集"),
    ),
    Entry(
        section="office",
        title=_("来源登记"),
        url_name="office_sources",
        order=30,
        roles=frozenset({Role.CASE_OFFICER}),
        bodies=_is_credit_office,
    ),
)
