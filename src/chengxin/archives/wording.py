"""The five answers (五问) in plain words: who wrote it, why allowed, who sees it, when it ends, what can I do."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext as _

from chengxin.archives.bodies import body_name, body_phone
from chengxin.archives.contracts import Clock, Ending, Standing
from chengxin.archives.language import once_per_language
from chengxin.archives.values import words
from chengxin.catalogue.contracts import Clocks, Disclosure, ItemVersion, Nature
from chengxin.kernel.clock import legal_day
from chengxin.kernel.refusal import Refusal
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.law import facade as law
from chengxin.records.contracts import Record
from chengxin.ui.facade import clauses, day, sentences

_DAY = timedelta(days=1)
_LIVE = frozenset({Standing.PUBLIC, Standing.ON_FILE, Standing.FROZEN})


def allowed_because(item: ItemVersion, first_basis: str) -> str:
    """Say which catalogue item allows the record, and by which article first."""
    values = {"item": words(item.title), "basis": first_basis}
    if not first_basis:
        return _("公共信用信息目录的“%(item)s”条目允许收录。") % values
    return _("公共信用信息目录的“%(item)s”条目允许收录，依据%(basis)s。") % values


def seen_by(record: Record, *, why_not_public: Refusal | None) -> str:
    """Say who can see a record now, and why the public cannot when it cannot."""
    why = why_not_public.what if why_not_public else None
    return _seen_by(body_name(record.body), record.disclosure, record.subject_kind is SubjectKind.NATURAL_PERSON, why)


@once_per_language
def _seen_by(body: str, disclosure: frozenset[Disclosure], is_person: bool, why: str | None) -> str:
    inside = _("您本人和报送单位%(body)s可以看到") % {"body": body}
    also = []
    if Disclosure.SHARED in disclosure:
        also.append(_("行政机关依法履职、写明用途时可以查询"))
    if Disclosure.AUTHORISED in disclosure:
        also.append(_("您书面授权的机构可以查询"))
    if why is None:
        return clauses([_("所有人可以在公开网站看到，证件号码不公开"), *also])
    if is_person:
        return sentences([clauses([_("不公开"), inside, *also]), _("每一次查询您都能看到。")])
    return clauses([_("现在不公开（%(why)s）") % {"why": _(why).rstrip("。.")}, inside, *also])


@once_per_language
def ends_words(endings: tuple[Ending, ...]) -> tuple[str, ...]:
    """Say what each clock does, in one sentence each."""
    return tuple(map(_end_words, endings))


def _end_words(ending: Ending) -> str:
    if ending.never:
        return _("公示：不公示。")
    with_end, without_end = {
        Clock.PUBLICITY: (_("公示：到%(last)s为止。"), _("公示：没有法定的截止日期。")),
        Clock.QUERY: (_("查询：到%(last)s为止，以后不再提供给查询者。"), _("查询：没有法定的截止日期。")),
        Clock.USE: (_("使用：到%(last)s为止，以后不得再据此作决定。"), _("使用：没有法定的截止日期。")),
        Clock.RETENTION: (_("保存：到%(last)s为止，以后不再保留。"), _("保存：没有法定的截止日期。")),
    }[ending.clock]
    return with_end % {"last": day(ending.ends_on - _DAY)} if ending.ends_on else without_end


def ends_note(record: Record, *, standing: Standing, ends_on: date | None, is_provisional: bool) -> str:
    """Say what happens at the end by itself, and the earliest day of repair."""
    adverse = record.nature is Nature.ADVERSE
    return _ends_note(standing, adverse, ends_on is not None, record.earliest_repair_on, is_provisional)


@once_per_language
def _ends_note(standing: Standing, adverse: bool, ends: bool, repair_on: date | None, is_provisional: bool) -> str:
    parts = []
    if standing in {Standing.WITHDRAWN, Standing.REPAIRED}:
        parts.append(_("已经停止公示、共享和使用；只有您本人和报送单位还能看到。"))
    elif standing in {Standing.ENDED, Standing.RUN_OUT}:
        parts.append(_("期限已满，不再提供给查询者。"))
    elif ends:
        parts.append(_("到期自动结束，您不需要申请，也不需要交费。"))
    elif adverse:
        parts.append(_("没有写明截止日期时，由报送单位更新或者撤回。"))
    else:
        parts.append(_("登记的情况变化时，由报送单位更新。"))
    if standing in _LIVE and adverse and repair_on is not None:
        parts.append(_("最早可以在%(day)s申请信用修复。") % {"day": day(repair_on)})
    if is_provisional:
        parts.append(_("其中有的期限是暂定的，法规明确以后按较短的执行。"))
    return sentences(parts)


def can_do(record: Record, *, standing: Standing) -> str:
    """Say truthfully what the reader can do today, and where to turn for what is not online yet."""
    may_repair = standing in _LIVE and record.nature is Nature.ADVERSE
    return _can_do(body_name(record.body), body_phone(record.body), may_repair)


@once_per_language
def _can_do(body: str, phone: str, may_repair: bool) -> str:
    where = {"body": body, "phone": phone}
    parts = [_("您可以写一段本人说明，它会和这一条一起出现。")]
    parts.append(_("认为内容有误、过期或者不是您的，可以提出异议，由%(body)s核查，不收费（电话 %(phone)s）。") % where)
    if may_repair:
        parts.append(_("需要信用修复的，也由%(body)s受理，不收费，不需要找中介。") % where)
    return sentences(parts)


def is_provisional(record: Record, item: ItemVersion) -> bool:
    """Tell whether one of the periods stands on a text that is not binding yet (暂定)."""
    return _provisional(item.clocks, record.severity, legal_day(record.lineage.accepted_at), settings.LAW_PACK)


@lru_cache(maxsize=8192)
def _provisional(clocks: Clocks, severity: str, on: date, pack: str) -> bool:
    keys = (clocks.publicity, clocks.query, clocks.use, clocks.retention)
    return any(_key_provisional(key, severity, on, pack) for key in keys if key)


def _key_provisional(key: str, severity: str, on: date, pack: str) -> bool:
    if severity and "severity" in law.get_entry(key).inputs:
        found = law.find(key, on=on, pack=pack, severity=severity)
    elif law.get_entry(key).inputs:
        return True
    else:
        found = law.find(key, on=on, pack=pack)
    return found is None or found.provisional


@once_per_language
def standing_word(standing: Standing, *, is_adverse: bool) -> str:
    """Return the word for where a line stands."""
    return {
        Standing.PUBLIC: _("公示中"),
        Standing.ON_FILE: _("在档，不公开") if is_adverse else _("在档"),
        Standing.LEAD: _("线索，尚未认定"),
        Standing.FROZEN: _("已冻结，暂停使用"),
        Standing.WITHDRAWN: _("已撤回"),
        Standing.REPAIRED: _("已修复"),
        Standing.RUN_OUT: _("有效期已过"),
        Standing.ENDED: _("已到期"),
    }[standing]


def as_of(moment: datetime) -> str:
    """Write the day a statement holds for, as the empty states of the pages say it."""
    return day(legal_day(moment))
