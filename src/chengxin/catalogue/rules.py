"""What the catalogue refuses to declare: red lines 1 to 4, 9, 10 and 15 as they bind an item, before any row exists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from chengxin.catalogue.contracts import Category, Disclosure, Field, FieldType, FieldUse, ItemVersion
from chengxin.kernel.refusal import Refusal
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.law import facade as law

FORBIDDEN = re.compile(
    r"宗教|信仰|教派|基因|指纹|血型|疾病|病史|病历|诊断|残疾|生物识别|虹膜|人脸|声纹|政治面貌|政治观点|性取向"
    r"|religio|\bfaith|\bgene(tic)?s?\b|\bdna\b|finger_?print|blood|disease|medical|illness|biometr|iris|face_?(data|print|id)",
    re.IGNORECASE,
)
CONSENT_ONLY = re.compile(
    r"收入|薪酬|工资|存款|有价证券|证券资产|商业保险|不动产|房产|纳税(数)?额|税额|贷款余额|信贷"
    r"|\bincome|salary|deposits?\b|securities_held|\bsecurities\b|commercial_insurance|real_?estate|tax_?amount|loan",
    re.IGNORECASE,
)
KIN = re.compile(
    r"配偶|父亲|母亲|父母|子女|亲属|家属|家庭|户主|(?<!用)户号|兄弟|姐妹|紧急联系人"
    r"|spouse|parent|child|\bkin\b|relative|famil|household|sibling|next_of_kin",
    re.IGNORECASE,
)
SCORE = re.compile(r"信用分|积分|评分|得分|分值|打分|(?<![a-z])scor|(?<![a-z])points?\b", re.IGNORECASE)
PRIVATE_TALK = re.compile(
    r"聊天|通讯录|私信|通话记录|浏览记录|行踪|轨迹|private_message|chat|contact_list|call_log|browsing|telematic|gps",
    re.IGNORECASE,
)
CONTACT = re.compile(r"电话|手机|住址|家庭地址|照片|头像|邮箱|phone|mobile|home_address|photo|e-?mail", re.IGNORECASE)
IDENTIFIERS = frozenset({FieldType.ID_NO})
CONSENT_CATEGORIES = frozenset({Category.CONSENT_ONLY, Category.MARKET})


def why_not_declare(item: ItemVersion) -> tuple[Refusal, ...]:
    """Return every reason why an item may not stand in the catalogue; an empty answer means it may."""
    return (*_unlawful_fields(item), *_unlawful_publicity(item), *_incomplete(item), *_unreadable(item))


def _said(field: Field) -> str:
    return " ".join((field.name, field.name.replace("_", " "), field.title.zh, field.title.en, *field.headers))


@law.cites("ZX/14", "SH/14", "ZJ/14", "HN/46", "PIPL/6", "PIPL/28")
def _unlawful_fields(item: ItemVersion) -> Iterator[Refusal]:
    """Forbid what may never be collected (N1, N4, N9) and what nobody may know about a person (N2, N15)."""
    for field in item.fields:
        yield from _never(field)
        if SubjectKind.NATURAL_PERSON in item.subject_kinds:
            yield from _never_about_persons(field, consent=item.field_for(FieldUse.CONSENT_NO))


def _never(field: Field) -> Iterator[Refusal]:
    said = _said(field)
    if FORBIDDEN.search(said):
        yield _no("FORBIDDEN_FIELD", field, "这类信息任何情况下都不得归集", "remove it", "ZX/14", "ZJ/14", "SH/14")
    if KIN.search(said):
        yield _no("KIN_FIELD", field, "不得归集亲属和家庭信息", "remove it: nobody answers for relatives", "PIPL/6")
    if PRIVATE_TALK.search(said):
        yield _no("PRIVATE_TALK_FIELD", field, "不得归集私人通信、行踪和浏览信息", "remove it", "CC/1032", "PIPL/28")


def _never_about_persons(field: Field, *, consent: Field | None) -> Iterator[Refusal]:
    said = _said(field)
    if SCORE.search(said):
        yield _no(
            "PERSON_SCORE_FIELD", field, "不得给自然人打分", "remove it, or limit the item to operators", "PIPL/24"
        )
    if CONSENT_ONLY.search(said) and (consent is None or not consent.required):
        advice = "add a required field with `use: consent_no`"
        yield _no("CONSENT_NEEDED", field, "须有书面同意才能归集", advice, "ZX/14", "ZJ/14")


@law.cites("PIPL/25", "ZJ/15", "SZ/38", "GK/15")
def _unlawful_publicity(item: ItemVersion) -> Iterator[Refusal]:
    """Keep natural persons and personal fields out of public pages."""
    modes = item.disclosure.get(SubjectKind.NATURAL_PERSON, frozenset())
    if Disclosure.PUBLIC in modes and not _orders_naming_persons(item.person_publicity_key, on=item.effective_on):
        advice = "write `private`, or name the key of the law that orders it"
        text = "`disclosure`: natural persons are public and `person_publicity_key` names no binding order of law"
        yield _refusal("PERSON_PUBLIC", f"{text}: {advice}", "PIPL/25", "ZJ/15")
    if Disclosure.PUBLIC in modes and item.field_for(FieldUse.CONSENT_NO):
        text = "`disclosure`: what rests on a consent is not public: write `by_consent`"
        yield _refusal("CONSENT_PUBLIC", text, "PIPL/25")
    for field in item.fields:
        if field.public and field.personal:
            yield _no("PERSONAL_PUBLIC", field, "个人信息字段不得公开", "set `public: false`", "PIPL/25", "SZ/38")
        if field.type in IDENTIFIERS and not field.personal:
            yield _no("ID_NOT_PERSONAL", field, "证件号码必须加密", "set `personal: true`", "PIPL/51")
        if CONTACT.search(_said(field)) and (field.public or not field.personal):
            yield _no("CONTACT_NOT_SEALED", field, "联系方式和照片必须加密且不公开", "set `personal: true`", "PIPL/25")


def _orders_naming_persons(key: str, *, on: date) -> bool:
    """Tell whether a key `publicity.person_…` says yes on a day and is no mere default (暂定)."""
    if not key.startswith("publicity.person_"):
        return False
    try:
        value = law.find(key, on=on)
    except law.UnknownKey:
        return False
    return value is not None and value.value is True and not value.provisional


@law.cites("SH/11", "SZ/34", "SD/10", "HN/11")
def _incomplete(item: ItemVersion) -> Iterator[Refusal]:
    """Demand what the catalogue must state (law-rules §2): basis, sources, clocks, how a subject is found."""
    if not item.basis:
        yield _missing("basis", "name the article that allows collecting it", "SH/11", "SZ/35")
    if not item.sources:
        yield _missing("sources", "name the departments that answer for it", "SD/16", "ZJ/13")
    for clock in ("publicity", "query", "use", "retention"):
        if not getattr(item.clocks, clock):
            yield _missing(f"clocks.{clock}", "name the law key", "SZ/34", "HN/11")
    if item.field_for(FieldUse.SUBJECT_NAME) is None:
        yield _missing("a field with use subject_name", "include a subject block", "HN/16")
    if SubjectKind.NATURAL_PERSON in item.subject_kinds and item.field_for(FieldUse.SUBJECT_ID_NO) is None:
        yield _missing("a field with use subject_id_no", "include a subject block", "ZJ/9", "HN/16")
    if item.subject_kinds - {SubjectKind.NATURAL_PERSON} and item.field_for(FieldUse.SUBJECT_USCC) is None:
        yield _missing("a field with use subject_uscc", "include a subject block", "ZJ/9")
    if item.field_for(FieldUse.DETERMINED_ON) is None:
        yield _missing("a field with use determined_on", "its clocks need a first day", "ZJ/16")


def _unreadable(item: ItemVersion) -> Iterator[Refusal]:
    """Refuse an item whose own parts contradict each other."""
    yield from _twice(item)
    names = {field.name for field in item.fields}
    named = {*item.row_key, *(gate.field for gate in item.gates), *(one.field for one in item.row_categories)}
    named |= {name for order in item.orders for name in (order.earlier, order.later)}
    for name in sorted(named - names):
        yield _wrong(
            f"`row_key`, `orders`, `gates` or `row_categories` name a field `{name}` that is not there",
            "correct the name",
        )
    for field in item.fields:
        if field.type == FieldType.CODE and not field.codes:
            yield _wrong(f"field `{field.name}` is of type code and has no list", "add `codes: <name of a list>`")
    for gate in item.gates:
        if bool(gate.equals) == bool(gate.at_least):
            yield _wrong(f"gate {gate.code} needs exactly one of `equals` and `at_least`", "write one")

    consent = item.field_for(FieldUse.CONSENT_NO)
    persons = SubjectKind.NATURAL_PERSON in item.subject_kinds
    if persons and item.categories & CONSENT_CATEGORIES and (consent is None or not consent.required):
        yield _wrong("`categories` want a written consent of persons and no field asks for it", "add block `consent`")


def _twice(item: ItemVersion) -> Iterator[Refusal]:
    """Refuse what stands twice: a name, a heading, a use."""
    names = Counter(field.name for field in item.fields)
    uses = Counter(field.use for field in item.fields if field.use)
    for name in sorted(name for name, count in names.items() if count > 1):
        yield _wrong(f"field `{name}` is written twice", "leave one out or use `without` in the block")
    for use in sorted(use for use, count in uses.items() if count > 1):
        yield _wrong(f"more than one field has the use `{use}`", "keep one")
    owner: dict[str, str] = {}
    for field in item.fields:
        for heading in (field.name, field.title.zh, *field.headers):
            if owner.setdefault(heading, field.name) != field.name:
                yield _wrong(f"heading `{heading}` belongs to `{owner[heading]}` and `{field.name}`", "keep one")
    for heading in sorted(item.ignored_headers & owner.keys()):
        yield _wrong(f"heading `{heading}` is ignored and belongs to `{owner[heading]}`", "keep one")


def _no(code: str, field: Field, why: str, advice: str, *basis: str) -> Refusal:
    return _refusal(code, f"field `{field.name}` ({field.title.zh}): {why}; {advice}", *basis)


def _missing(what: str, advice: str, *basis: str) -> Refusal:
    return _refusal("ITEM_INCOMPLETE", f"it does not state {what}: {advice}", *basis)


def _wrong(what: str, advice: str) -> Refusal:
    return _refusal("ITEM_CONTRADICTS", f"{what}: {advice}")


def _refusal(code: str, text: str, *basis: str) -> Refusal:
    """Return a refusal for the author of an item; its code and articles end the line."""
    return Refusal(code=code, what=f"{text}. ({', '.join((code, *basis))})", basis=basis)
