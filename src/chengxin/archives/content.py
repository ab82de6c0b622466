"""The content of a report (信用报告): eight plain chapters, no score; the same bytes behind every format."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import orjson
from django.conf import settings

from chengxin.archives.contracts import Archive, Line, Looks, Section
from chengxin.archives.looks import look_words
from chengxin.archives.wording import standing_word
from chengxin.kernel.clock import BEIJING, legal_day
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.ui.facade import day, moment

FORM: Final = "chengxin-report-1"
_KINDS = {
    SubjectKind.NATURAL_PERSON: "自然人",
    SubjectKind.LEGAL_PERSON: "法人",
    SubjectKind.UNINCORPORATED: "非法人组织",
    SubjectKind.SOLE_TRADER: "个体工商户",
}
_CHAPTERS = (
    ("登记和基础信息", Section.BASIC, "没有登记信息。"),
    ("资格与许可", Section.QUALIFICATIONS, "没有资格和许可信息。"),
    ("荣誉与奖励", Section.HONOURS, "没有荣誉信息。"),
    ("信用承诺与履行", Section.COMMITMENTS, "没有信用承诺信息。"),
    ("失信信息", Section.ADVERSE, "没有失信信息。"),
)
_EMPTY = "这表示截至{day}目录内各部门没有上报；不是对您的评价。"


def encode(content: dict[str, Any]) -> bytes:
    """Return the one form of a content whose bytes are digested: sorted keys, UTF-8, no spaces."""
    return orjson.dumps(content, option=orjson.OPT_SORT_KEYS)


def report_content(
    archive: Archive, *, looks: Looks, code: str, verify_url: str, requester: str = "本人"
) -> dict[str, Any]:
    """Return the content of one's own report; what has ended is counted and not listed."""
    on = day(legal_day(archive.as_of))
    ended = len(archive.of(Section.ENDED))
    chapters = [_explanation(archive, on=on), _summary(archive, ended=ended)]
    chapters += [
        {
            "title": title,
            "lines": [shown_line(line) for line in archive.of(section)],
            "empty": empty + _EMPTY.format(day=on),
        }
        for title, section, empty in _CHAPTERS
    ]
    chapters.append(_looks(looks, ended=ended))
    head = form_of(archive, form=FORM, code=code, verify_url=verify_url, requester=requester)
    return {**head, "chapters": chapters}


def form_of(archive: Archive, *, form: str, code: str, verify_url: str, requester: str) -> dict[str, Any]:
    """Return what every paper about one's own file begins with."""
    return {
        "form": form,
        "code": code,
        "verify_url": verify_url,
        "platform": settings.SITE["name"],
        "operator": settings.SITE["operator"],
        "phone": settings.SITE["phone"],
        "demo": bool(settings.DEMO),
        "as_of": archive.as_of.astimezone(BEIJING).isoformat(timespec="seconds"),
        "as_of_words": moment(archive.as_of),
        "purpose": "查阅、复制本人信息",
        "requester": requester,
        "subject": {"name": archive.name, "kind": _KINDS[archive.kind], "uscc": archive.uscc},
    }


def _explanation(archive: Archive, *, on: str) -> dict[str, Any]:
    return {
        "title": "报告说明",
        "facts": [
            {"name": "名称" if archive.uscc else "姓名", "value": archive.name},
            {"name": "类别", "value": _KINDS[archive.kind]},
            *([{"name": "统一社会信用代码", "value": archive.uscc}] if archive.uscc else []),
            {"name": "截至时间", "value": moment(archive.as_of)},
            {"name": "用途", "value": "查阅、复制本人信息（《个人信息保护法》第45条）"},
        ],
        "notes": [
            f"本报告列出截至{on}各部门依法报送、在期限内的公共信用信息，原样列出，不打分，不评级，不作结论。",
            "本报告免费，次数不限。是否真实、是否已有新的报告，请扫描二维码或者到“报告验真”页输入查询码。",
        ],
    }


def _summary(archive: Archive, *, ended: int) -> dict[str, Any]:
    counts = [{"name": title, "value": f"{len(archive.of(section))} 条"} for title, section, _empty in _CHAPTERS]
    objections = sum(line.has_objection for line in archive.lines)
    statements = sum(bool(line.statement) for line in archive.lines)
    return {
        "title": "信息概要",
        "facts": [
            *counts,
            {"name": "正在异议处理", "value": f"{objections} 条"},
            {"name": "附有本人说明", "value": f"{statements} 条"},
            {"name": "已经结束、不再列出", "value": f"{ended} 条"},
        ],
        "notes": ["条数只说明部门报送了多少条信息，不代表信用高低。"],
    }


def _looks(looks: Looks, *, ended: int) -> dict[str, Any]:
    notes = [
        "您可以随时在线查看是谁、什么时候、为了什么查过您的信息。",
        f"对内容有异议的，可以登录平台，在“我的信用”里提出，也可以拨打{settings.SITE['phone']}；异议处理期间，这一条会标注“有异议”。",
    ]
    if ended:
        notes.append("已经到期、修复或者撤回的信息，依法不再列入报告。")
    return {
        "title": "谁看过和您的权利",
        "looks": [look_words(look) for look in looks.lines],
        "looks_total": f"截至报告时间，共有 {looks.total} 次查询和处理记录，以下是最近 {len(looks.lines)} 次。",
        "notes": notes,
    }


def shown_line(line: Line) -> dict[str, Any]:
    """Return one record as a paper shows it."""
    return {
        "id": str(line.record_id),
        "version": line.version,
        "kind": line.kind,
        "title": line.title,
        "state": standing_word(line.standing, is_adverse=line.is_adverse),
        "objection": "有异议，正在处理" if line.has_objection else "",
        "facts": [{"name": fact.name, "value": fact.value} for fact in line.facts],
        "written_by": f"{line.written_by}，{day(line.written_on)}报送（批次 {line.batch} 第 {line.row_number} 行）",
        "allowed_because": line.allowed_because,
        "seen_by": line.seen_by,
        "ends": "".join(line.ends) + (line.ends_note if line.is_adverse else ""),
        "statement": line.statement,
        "stated_on": day(line.stated_at) if isinstance(line.stated_at, datetime) else "",
    }
