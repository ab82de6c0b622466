"""The one question every outlet asks: may this record leave, this way, at this moment?"""

from __future__ import annotations

from datetime import date, datetime

from chengxin.catalogue.contracts import Disclosure, Nature
from chengxin.consents.contracts import Authorisation
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.law.facade import cites
from chengxin.records.contracts import Channel, MarkKind, Provenance, Record

_MODE = {
    Channel.PUBLIC: Disclosure.PUBLIC,
    Channel.SHARED: Disclosure.SHARED,
    Channel.AUTHORISED: Disclosure.AUTHORISED,
    Channel.SELF: Disclosure.SELF,
}
_INSIDE = {Channel.SELF, Channel.BODY}
_ADVERSE_USE = {Channel.MEASURE}


@cites("PIPL/47", "APL/48", "SD/38")
def why_not_usable(
    record: Record, *, channel: Channel, at: datetime, authorisation: Authorisation | None = None
) -> Refusal | None:
    """Return why a record may not leave through a channel at a moment, or None when it may.

    Nothing superseded, withdrawn, repaired, frozen or expired leaves; the subject and the source body still see
    their own lines until retention ends, each told as what it is.
    """
    on = legal_day(at)
    return (
        _why_not_version(record, on)
        or _why_not_mode(record, channel)
        or _why_not_marked(record, channel)
        or _why_not_timely(record, channel, on)
        or _why_not_authorised(record, channel, at, authorisation)
    )


def usable(record: Record, *, channel: Channel, at: datetime, authorisation: Authorisation | None = None) -> bool:
    """Tell whether a record may leave through a channel at a moment."""
    return why_not_usable(record, channel=channel, at=at, authorisation=authorisation) is None


def _why_not_version(record: Record, on: date) -> Refusal | None:
    if record.superseded_at is not None:
        return _no("R-SUPERSEDED", "这条记录已有新的版本。", "请看最新版本。")
    if record.retain_until is not None and on >= record.retain_until:
        return _no("R-RETENTION", "这条记录的保存期限已满。", "它不再提供给任何人。")
    return None


def _why_not_mode(record: Record, channel: Channel) -> Refusal | None:
    if channel in _MODE and _MODE[channel] not in record.disclosure:
        return _no("R-MODE", "目录没有规定这条记录以这种方式披露。", "请看目录条目的公开属性。")
    if channel is not Channel.BODY and channel is not Channel.SELF and record.provenance is not Provenance.DETERMINED:
        return _no("R-PROVENANCE", "这是线索或举报，尚未认定。", "认定之前不公示，也不使用。")
    if channel is Channel.PUBLIC and record.subject_kind is SubjectKind.NATURAL_PERSON:
        return _no("R-PERSON", "自然人的记录不公开公示。", "")
    if channel is Channel.PUBLIC and record.not_public_because:
        return _no(record.not_public_because, "这条记录依法不公示。", "")
    return None


def _why_not_marked(record: Record, channel: Channel) -> Refusal | None:
    marks = {mark.kind for mark in record.marks}
    if channel in _INSIDE:
        return None
    if marks & {MarkKind.WITHDRAWN, MarkKind.REPAIRED, MarkKind.FROZEN}:
        return _no("R-MARKED", "这条记录已撤回、已修复或已冻结。", "它不再公示、共享和使用。")
    if MarkKind.OBJECTION in marks and channel in _ADVERSE_USE and record.nature is Nature.ADVERSE:
        return _no("R-OBJECTION", "这条记录正在异议处理中。", "处理完毕前不得据此采取新的措施。")
    return None


def _why_not_timely(record: Record, channel: Channel, on: date) -> Refusal | None:
    if channel is Channel.PUBLIC:
        if record.published_at is None or record.publicity_starts_on is None or on < record.publicity_starts_on:
            return _no("R-NOT-PUBLISHED", "这条记录还没有公示。", "")
        if record.nature is Nature.ADVERSE and record.notified_on is None:
            return _no("R-NOT-NOTIFIED", "还没有告知当事人的证明。", "告知之前不公示。")
        return _ended(record.publicity_ends_on, on, "R-PUBLICITY-ENDED", "公示期限已满。")
    if channel in {Channel.SHARED, Channel.AUTHORISED, Channel.PRESENTED}:
        return _ended(record.query_ends_on, on, "R-QUERY-ENDED", "查询期限已满。")
    if channel in {Channel.MEASURE, Channel.LISTED}:
        return _ended(record.use_ends_on, on, "R-USE-ENDED", "使用期限已满。") or (
            _run_out(record, on) if channel is Channel.LISTED else None
        )
    return None


def _run_out(record: Record, on: date) -> Refusal | None:
    """Return why an entry has run out by its own last day: a list ends with its term, whatever else is kept longer."""
    if record.valid_until is not None and on > record.valid_until:
        return _no("R-LIST-ENDED", "名单的期限已满。", "它已经不在名单上。")
    return None


def _why_not_authorised(
    record: Record, channel: Channel, at: datetime, authorisation: Authorisation | None
) -> Refusal | None:
    if channel not in {Channel.AUTHORISED, Channel.SHARED, Channel.MEASURE}:
        return None
    if authorisation is None or record.item_code not in authorisation.items:
        return _no("R-NOT-AUTHORISED", "没有覆盖这条记录的授权或法定依据。", "请先取得本人授权或注明法定依据。")
    if at >= authorisation.until or (authorisation.revoked_at is not None and at >= authorisation.revoked_at):
        return _no("R-AUTHORISATION-ENDED", "授权已经到期或撤回。", "没有提供任何数据。")
    if authorisation.since is not None and _day_of(record) < authorisation.since:
        return _no("R-LOOK-BACK", "这条记录早于授权可以查看的期间。", "")
    return None


def _day_of(record: Record) -> date:
    return record.determined_on or record.ended_act_on or legal_day(record.lineage.accepted_at)


def _ended(ends_on: date | None, on: date, code: str, why: str) -> Refusal | None:
    if ends_on is not None and on >= ends_on:
        return _no(code, why, "")
    return None


def _no(code: str, what: str, next_step: str) -> Refusal:
    return Refusal(code=code, what=what, next_step=next_step)
