"""Compliance certificates (合规证明): what is on file against an enterprise, in some fields and a period.

It stands in for the certificates of no violation that departments give one by one. It is a report of another form: made
by its subject, free, verified by its code, and given way to when anything in it changes or anything adverse comes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import Any, Final

from dateutil.relativedelta import relativedelta
from django.utils import translation

from chengxin.access import facade as access
from chengxin.archives.actions import own_lines, own_reader, own_records
from chengxin.archives.content import encode, form_of, shown_line
from chengxin.archives.contracts import Archive, ReportForm, Section
from chengxin.archives.disclosure import open_own
from chengxin.archives.identity import get_own_identity
from chengxin.archives.reports import PURPOSE, keep, reportable
from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.contracts import Nature
from chengxin.database.contracts import Channel as Door
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.codes import new_code
from chengxin.kernel.refusal import Refusal, Refused
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.law.facade import cites
from chengxin.records.contracts import Record
from chengxin.ui.facade import day, moment

FORM: Final = "chengxin-certificate-1"
YEARS: Final = (1, 3)
_EVERY: Final = "any"


def fields() -> Mapping[str, str]:
    """Return the fields (领域) a certificate may be asked for: the kinds of departments that file, by code."""
    return {one.code: one.title.zh for one in catalogue.list_departments() if one.code != _EVERY}


@cites("JS", "SEED2/5.2", "PIPL/45", "D/own-report-unlimited")
def make_certificate(
    actor: Actor, chosen: Collection[str], *, years: int, now: datetime, address_of: Callable[[str], str]
) -> str:
    """Make a certificate of one's own enterprise and return its code; the one before gives way."""
    reader = own_reader(actor, action="certificate.make", purpose=PURPOSE, now=now)
    known = fields()
    wanted = {code: known[code] for code in known if code in chosen}
    if not wanted or years not in YEARS:
        raise Refused(_nothing_chosen())
    code, since = new_code(), legal_day(now) - relativedelta(years=years)
    with access.acting_for(actor, channel=Door.SELF, purpose=PURPOSE):
        if get_own_identity(reader.subject_id).kind is SubjectKind.NATURAL_PERSON:
            raise Refused(_not_persons())
        found = [one for one in reportable(own_records(reader.subject_id, now=now)) if _is_in(one, wanted, since)]
        opened = open_own(found, reader=reader, now=now, reference=code)
        with translation.override("zh-hans"):
            lines = [line for line in own_lines(found, opened, at=now) if line.section is not Section.ENDED]
            archive = Archive(
                subject_id=reader.subject_id,
                kind=opened.identity.kind,
                name=opened.name,
                uscc=opened.identity.uscc,
                as_of=now,
                lines=lines,
            )
            said = _content(archive, list(wanted.values()), since=since, code=code, verify_url=address_of(code))
        keep(reader, encode(said), lines, form=ReportForm.CERTIFICATE, code=code, now=now)
    return code


def _is_in(record: Record, wanted: Collection[str], since: date) -> bool:
    """Tell whether a record is adverse, of one of the fields, and determined within the period."""
    decided = record.determined_on or legal_day(record.lineage.accepted_at)
    by = set(access.get_body(record.body).fields_of_work)
    return record.nature is Nature.ADVERSE and bool(by & set(wanted)) and decided >= since


def _content(archive: Archive, titles: list[str], *, since: date, code: str, verify_url: str) -> dict[str, Any]:
    """Return what a certificate says: what was looked at, what was found, what it does not cover."""
    head = form_of(archive, form=FORM, code=code, verify_url=verify_url, requester="本单位")
    on, found = day(legal_day(archive.as_of)), len(archive.lines)
    said = f"在上面的领域和期间，平台归集的信息里有{found}条不利记录，列在下面。"
    none = "在上面的领域和期间，平台归集的信息里没有不利记录。"
    return {
        **head,
        "title": "合规证明",
        "purpose": "代替有无违法违规记录证明",
        "chapters": [
            {
                "title": "证明什么",
                "facts": [
                    {"name": "名称", "value": archive.name},
                    {"name": "统一社会信用代码", "value": archive.uscc},
                    {"name": "领域", "value": "、".join(titles)},
                    {"name": "期间", "value": f"{day(since)}至{on}"},
                    {"name": "截至时间", "value": moment(archive.as_of)},
                    {"name": "依据", "value": "《江苏省社会信用条例》（暂定）；电子商务诚信建设实施意见五（二）"},
                ],
                "notes": [said if found else none],
            },
            {"title": "记录", "lines": [shown_line(line) for line in archive.lines], "empty": none},
            {"title": "不包括什么", "notes": list(_NOT_COVERED)},
        ],
    }


_NOT_COVERED: Final = (
    "只包括有关部门依照公共信用信息目录报送、已经认定、仍在期限内的信息；没有报送的，平台不知道。",
    "不包括：没有作出决定的案件、依法不归集的轻微处罚和简易程序处罚、其他省的信息、没有选择的领域。",
    "已经到期、修复或者撤回的，依法不再列出。本证明不打分，不评级，也不替代法律规定必须由有关部门出具的证明。",
    "只说明截至时间的情况。里面的记录有变动，或者有了新的不利记录，验真时会回答“已有新内容”。",
    "免费，次数不限。核对真假，请扫描二维码或者到“报告验真”页输入查询码。",
)


def _nothing_chosen() -> Refusal:
    return Refusal(
        code="CERTIFICATE-SCOPE",
        what="请选择至少一个领域，期间选择一年或者三年。",
        next_step="请按对方的要求选择。",
        field="fields",
    )


def _not_persons() -> Refusal:
    return Refusal(
        code="CERTIFICATE-OPERATORS",
        what="合规证明只给企业和其他组织。",
        why="自然人可以随时免费生成自己的信用报告。",
        next_step="请到“信用报告”页。",
    )
