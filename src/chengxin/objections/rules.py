"""May this line be objected to, and may a decision still be reviewed?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from chengxin.casework.contracts import Case
from chengxin.kernel.refusal import Refusal
from chengxin.law.facade import cites
from chengxin.objections.contracts import Ground
from chengxin.records.contracts import MarkKind, Record

LONGEST_WORDS: Final = 1000
_GONE: Final = {MarkKind.WITHDRAWN, MarkKind.REPAIRED}


@cites("PIPL/46", "ZJ/30", "SD/39", "HN/41", "SZ/48", "SH/36")
def why_not_object(record: Record, *, ground: Ground, cases: Iterable[Case], has_papers: bool) -> Refusal | None:
    """Return why a line may not be objected to now, or None; `cases` are the objections and reviews about it."""
    if _GONE & {mark.kind for mark in record.marks}:
        return Refusal(
            code="OBJ-GONE",
            what="这条信息已经撤回或者完成修复，不再公示、共享和使用。",
            next_step="如果有单位仍在使用，请到“谁看过我”查看并联系平台。",
        )
    known = list(cases)
    if any(not case.is_closed for case in known):
        return Refusal(
            code="OBJ-OPEN",
            what="这条信息的异议正在处理。",
            why="同一条信息同时只办一件，标注一直有效。",
            next_step="请到“我的异议”查看进展，也可以在那里补充材料。",
        )
    same = [
        case for case in known if case.facts.get("ground") == ground and case.facts.get("version") == record.version
    ]
    if any(case.state == "maintained" for case in same) and not has_papers:
        return Refusal(
            code="OBJ-DECIDED",
            what="同样的理由已经处理过，结果是维持原内容。",
            why="没有新的材料，来源单位不会得出新的结果。",
            next_step="请附上新的材料再提；不服结果的，可以申请复核，也可以依法申请行政复议或者提起诉讼。",
            field="papers",
        )
    return None


@cites("ZJ/30¶3", "SZ/43")
def why_not_review(case: Case, *, until: date | None, on: date, has_review: bool) -> Refusal | None:
    """Return why a decision on an objection may not be reviewed, or None when it may."""
    if not case.is_closed or until is None:
        return Refusal(
            code="OBJ-NOT-DECIDED",
            what="异议还没有处理完，不能申请复核。",
            next_step="请等处理结果；超过期限的，平台会自动报给上级督办。",
        )
    if has_review:
        return Refusal(code="OBJ-REVIEWED", what="这件异议已经申请过复核。", next_step="请查看复核的进展。")
    if on > until:
        return Refusal(
            code="OBJ-LATE",
            what="申请复核的期限已过。",
            next_step="您仍然可以依法申请行政复议或者提起诉讼；有新的材料也可以重新提出异议。",
        )
    return None


def why_not_words(text: str) -> Refusal | None:
    """Return why what was written cannot be taken, or None."""
    if not text:
        return Refusal(code="OBJ-EMPTY", what="您还没有写内容。", next_step="请用一两句话写明哪里不对。", field="words")
    if len(text) > LONGEST_WORDS:
        return Refusal(
            code="OBJ-LONG",
            what="最多写{most}个字。",
            next_step="请写得短一些，详细情况可以作为材料提交。您的文字还在。",
            field="words",
            values={"most": str(LONGEST_WORDS)},
        )
    return None
