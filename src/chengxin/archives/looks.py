"""“谁看过我” in words: who, when, for what, on what ground, with what outcome; never a member of staff."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from chengxin.access import facade as access
from chengxin.access.contracts import Purpose
from chengxin.archives.bodies import body_name
from chengxin.archives.citations import article
from chengxin.archives.contracts import DocumentKind, LookWords
from chengxin.archives.values import words
from chengxin.audit.contracts import DISCLOSING, Kind, Look, Outcome, Search
from chengxin.casework import facade as casework
from chengxin.catalogue import facade as catalogue
from chengxin.kernel.actor import Role
from chengxin.kernel.clock import legal_day
from chengxin.ui.facade import day, in_language, moment, reads_english

AT_COUNTER: Final = "own_report_at_counter"
FILING: Final = "filing_at_counter"
COUNTER: Final = f"{Role.REPRESENTATIVE}:counter"
PRESENTED: Final = "presentation"
WATCHING: Final = "list_watching"
REPRESENTATION: Final = "representation"
_OF_REPRESENTATION: Final = {
    Kind.CONSENT: gettext_noop("委托了代理人"),
    Kind.DECIDE: gettext_noop("接受了委托"),
    Kind.REVOKE: gettext_noop("结束了代办"),
    Kind.DISCLOSE: gettext_noop("看到了代办双方的姓名"),
}
_OWN = frozenset({"own_archive", "own_report", "own_consents", "own_benefits"})
_MOST = 4


def who(look: Look) -> str:
    """Say who looked: the subject, a body, whom the subject gave a code, or the platform by itself."""
    if look.representative:
        return _("办事大厅窗口") if look.role == COUNTER else _("您的代理人")
    if look.purpose == PRESENTED and not look.is_own:
        return _("拿到您出示码的人")
    if look.purpose in _OWN or look.is_own:
        return _("您本人")
    if look.body:
        return body_name(look.body)
    return _("平台自动处理") if "platform" in look.role else _("公众")


def as_whom(look: Look) -> str:
    """Say in what capacity somebody looked (岗位); never who of the staff."""
    if look.representative:
        return _grounds().get(look.role.partition(":")[2], _("代理人"))
    if look.purpose == PRESENTED and not look.is_own:
        return _("凭您的出示码打开")
    if look.purpose in _OWN or look.is_own:
        return _("本人")
    titles = {
        Role.CLERK: _("经办人员"),
        Role.APPROVER: _("审核人员"),
        Role.CASE_OFFICER: _("案件承办人员"),
        Role.HALL_CLERK: _("办事大厅窗口人员"),
        Role.SYSTEM_ADMIN: _("系统管理员"),
        Role.SECURITY_ADMIN: _("安全管理员"),
        Role.AUDIT_ADMIN: _("审计管理员"),
        Role.CLIENT: _("登记的程序，由系统自动发出"),
        Role.PLATFORM: _("平台自动处理"),
    }
    named = [title for role, title in titles.items() if role in look.role.split(",")]
    return _("、").join(named) or _("没有登录的访问者")


def _grounds() -> dict[str, str]:
    """Return on which grounds somebody acts for another."""
    return {
        "mandate": _("代理人，依您的委托"),
        "guardian": _("代理人，您登记的监护人"),
        "next_of_kin": _("代理人，登记的近亲属"),
        "counter": _("窗口人员，您在场时替您填写"),
    }


def document_titles() -> dict[DocumentKind, str]:
    """Return the original documents a person is identified by at a counter."""
    return {DocumentKind.ID_CARD: _("居民身份证"), DocumentKind.TEMPORARY_ID_CARD: _("临时居民身份证")}


def what(look: Look) -> str:
    """Say what was done, and on which kinds of information."""
    if look.kind == Kind.CANDIDATE:
        by_name = look.reason == Search.NAME
        return _("有人用姓名查到您，未匹配") if by_name else _("有人用您的号码和另一个姓名查找，未匹配")
    if look.purpose in {AT_COUNTER, FILING}:
        return _at_counter(look)
    if look.purpose == WATCHING:
        return _of_watch(look)
    if look.purpose == REPRESENTATION and look.kind in _OF_REPRESENTATION:
        return _(_OF_REPRESENTATION[Kind(look.kind)])
    verb = {
        Kind.DISCLOSE: _("查看了"),
        Kind.SEARCH: _("查找了"),
        Kind.VERIFY: _("核验了"),
        Kind.REPORT: _("生成或者打开了信用报告"),
        Kind.ACCEPT: _("报送入库"),
        Kind.CORRECT: _("更正了"),
        Kind.WITHDRAW: _("撤回了"),
        Kind.PUBLISH: _("公示了"),
        Kind.UNPUBLISH: _("停止公示"),
        Kind.LIST: _("列入了名单"),
        Kind.DELIST: _("移出了名单"),
        Kind.MARK: _("作了标注或者写了说明"),
        Kind.DECIDE: _("办理了"),
        Kind.RECEIPT: _("回执：已按更正通知处理"),
        Kind.ERASE: _("删除了"),
        Kind.CONSENT: _("给出了授权"),
        Kind.REVOKE: _("撤回了授权"),
        Kind.RESULT: _("报回了使用结果"),
        Kind.EMERGENCY: _("紧急查看了"),
    }.get(Kind(look.kind), _("处理了"))
    names = [_item_name(code, legal_day(look.at), reads_english()) for code in look.categories]
    more = _("等%s类") % len(names) if len(names) > _MOST else ""
    return verb + (_("：") + _("、").join(names[:_MOST]) + more if names else "")


def _at_counter(look: Look) -> str:
    """Say what a hall clerk did, and how the person was identified; the clerk's screen showed nothing of the file."""
    if look.kind == Kind.VERIFY:
        return _("在办事大厅窗口核对了姓名和号码")
    if look.purpose == FILING:
        title = document_titles()[DocumentKind(look.reason.partition(":")[2])]
        return _("在办事大厅窗口开始替您填写申请：本人到场，核对了%s原件") % title
    if look.kind == Kind.DISCLOSE:
        return _("在办事大厅窗口生成报告时由系统读取，屏幕上不显示内容")
    attendance, *told = look.reason.split(":")
    if attendance == "present":
        title = document_titles()[DocumentKind(told[0])]
        return _("在办事大厅窗口生成了信用报告：本人到场，核对了%s原件") % title
    if attendance == "mandate":
        facts = {"document": document_titles()[DocumentKind(told[0])], "on": day(date.fromisoformat(told[1]))}
        return (
            _("在办事大厅窗口生成了信用报告：代理人持%(on)s的委托书，核对了代理人的%(document)s原件，留存了委托书影像")
            % facts
        )
    return _("在办事大厅窗口打印了信用报告（只能打印一次）")


def _of_watch(look: Look) -> str:
    """Say what became of a watch: it began, and until which last day; the body was warned; it is over."""
    stage, _colon, told = look.reason.partition(":")
    names = {"number": look.reference}
    if stage == "set":
        names["day"] = day(date.fromisoformat(told.partition(":")[0]))
        return _("开始关注您是否列入名单，最后一日%(day)s（编号%(number)s）") % names
    if stage == "ended":
        return _("不再关注您是否列入名单（编号%(number)s）") % names
    if stage == "hit":
        return _("因为关注，得到名单变动的提示（编号%(number)s）") % names
    return _("想关注您是否列入名单，没有依据")


def why(look: Look) -> str:
    """Say for what declared purpose and on which articles."""
    purpose = _purpose_of(look.purpose)
    if purpose is None:
        return ""
    name = purpose_name(look.purpose)
    basis = _("、").join(article(citation).name for citation in look.basis or purpose.basis)
    return _("%(purpose)s，依据%(basis)s") % {"purpose": name, "basis": basis} if basis else name


def words_of_look(look: Look) -> LookWords:
    """Return one look in the words of its subject, each article with its page."""
    purpose = _purpose_of(look.purpose)
    cited = look.basis or (purpose.basis if purpose else ())
    return LookWords(
        who=who(look),
        as_whom=as_whom(look),
        what=what(look),
        why=why(look),
        purpose=purpose_name(look.purpose),
        basis=tuple(article(citation) for citation in cited),
        is_refused=was_refused(look),
    )


def purpose_name(code: str) -> str:
    """Return a declared purpose in plain words, or its code when nobody declares it any more."""
    purpose = _purpose_of(code)
    return in_language(purpose.zh, purpose.en) if purpose else code


def was_refused(look: Look) -> bool:
    """Tell whether the look was refused, so that nothing was given."""
    return look.outcome == Outcome.REFUSED


def outcome_words(look: Look) -> str:
    """Say whether anything was given: of a candidate that was not taken nothing was, and nothing follows from it.

    An act that asks for nothing (a decision, a mark, a receipt) was done, and gave nobody anything.
    """
    if look.kind == Kind.CANDIDATE:
        return _("未匹配，没有提供您的信息，对您没有影响")
    if was_refused(look):
        return _("没有提供")
    return _("已提供") if look.kind in DISCLOSING else _("已办理")


def look_words(look: Look) -> dict[str, str]:
    """Return one look as the report writes it."""
    return {
        "at": moment(look.at),
        "who": who(look),
        "what": what(look),
        "why": why(look),
        "outcome": outcome_words(look),
    }


def _purpose_of(code: str) -> Purpose | None:
    try:
        return access.get_purpose(code)
    except LookupError:
        return None


@lru_cache(maxsize=4096)
def _item_name(code: str, on: date, _english: bool) -> str:
    item = catalogue.find_item(code, on=on)
    return words(item.title) if item else _verb_name(code)


def _verb_name(code: str) -> str:
    """Name what was done in a case, written `procedure.verb`, as its procedure does; any other code stays."""
    if code == "identity":
        return _("身份")
    procedure, _dot, verb = code.partition(".")
    try:
        declared = casework.get_procedure(procedure)
    except LookupError:
        return code
    chosen = declared.verbs.get(verb)
    return casework.text(chosen.title if chosen else declared.title)
