"""Say in Chinese why an entry was hit and what would change the outcome."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol


def gettext_noop(text: str) -> str:
    """Return a text as it stands; what is marked so has its English in the catalogue of this package."""
    return text


RULES: Final = {
    "identifier_id_no": gettext_noop("身份证号相同"),
    "identifier_uscc": gettext_noop("统一社会信用代码相同"),
    "identifier_org_code": gettext_noop("组织机构代码相同"),
    "identifier_reg_no": gettext_noop("注册号相同"),
    "number_with_other_name": gettext_noop("身份证号相同，姓名不同"),
    "identifier_document": gettext_noop("证件号码相同"),
    "identifier_malformed": gettext_noop("号码相同，但不合该类号码的规则"),
    "name_and_near_number": gettext_noop("名称相符，号码只差一处（疑似录入错误）"),
    "name_and_masked_number": gettext_noop("名称相符，号码露出的各位相同"),
    "name_exact": gettext_noop("名称相同（简繁、全半角、标点不计）"),
    "legal_form": gettext_noop("名称相同，组织形式不同"),
    "branch": gettext_noop("是同一名称的分支机构与本机构"),
    "region": gettext_noop("字号和行业相同，行政区划写法不同或一方没有写"),
    "homophone": gettext_noop("读音相同，用字不同"),
    "typing_error": gettext_noop("名称只差一处（疑似录入错误）"),
    "word_order": gettext_noop("用字相同，次序不同"),
    "short_name": gettext_noop("是对方名称的简称"),
    "abbreviation": gettext_noop("是对方名称的缩写"),
    "pinyin": gettext_noop("拼音与对方名称的读音相同"),
    "person_name": gettext_noop("姓名相同"),
    "person_typing_error": gettext_noop("出生日期相同，姓名只差一字"),
    "person_homophone": gettext_noop("出生日期相同，姓名读音相同"),
    "person_pinyin": gettext_noop("姓名与拼音相符"),
    "person_dialect": gettext_noop("姓名与方言或旧式拼写相符"),
    "latin_name": gettext_noop("外文姓名相同（次序、称谓、冠词不计）"),
    "latin_spelling": gettext_noop("外文姓名读音相同，拼写不同"),
    "latin_sound": gettext_noop("外文姓名读音相近，拼写不止一处不同"),
    "latin_typing_error": gettext_noop("外文姓名只差一处（疑似录入错误）"),
    "latin_part": gettext_noop("外文姓名一方缺少一部分"),
    "latin_part_slip": gettext_noop("外文姓名一方缺少一部分，其余读音相近"),
    "latin_neighbour": gettext_noop("外文姓名只差一处，两种写法都是常见的汉语拼写"),
    "latin_short_slip": gettext_noop("外文姓名只差一处，各词都很短，可能是另一个姓名"),
    "latin_other_word": gettext_noop("外文姓名各有一个词不同，其余相同"),
}
_CHANGES: Final = {
    "number": gettext_noop("若提供的证件号码有效且与名单不同，则不再命中；若相同，则成为号码命中"),
    "number_or_birth": gettext_noop("只凭姓名不能确认是同一人，仅供参考；提供证件号码或出生日期后结论会改变"),
    "number_wrong": gettext_noop("若号码经核对属于他人，则不再命中"),
}
_NOTES: Final = {
    "malformed_number": "查询的号码不合规则，请核对",
    "birth_same": "出生日期相同",
    "birth_near": "出生日期只差一处",
    "birth_conflict": "出生日期不同，可能是同名的另一人",
}


class Explained(Protocol):
    """What is read of a hit."""

    @property
    def rule(self) -> str: ...  # noqa: D102 - as of `contracts.Hit`
    @property
    def query_value(self) -> str: ...  # noqa: D102
    @property
    def entry_value(self) -> str: ...  # noqa: D102
    @property
    def alignment(self) -> str: ...  # noqa: D102
    @property
    def would_change(self) -> str: ...  # noqa: D102
    @property
    def notes(self) -> Sequence[str]: ...  # noqa: D102


def unanswered_text(notes: Sequence[str]) -> str:
    """Return why a row was not compared, in one line."""
    return "未能比对：" + "".join(notes)


def explained(hit: Explained) -> str:
    """Return the explanation of a hit in one line."""
    parts = [f"{RULES[hit.rule]}：“{hit.query_value}”与名单“{hit.entry_value}”"]
    if hit.alignment:
        parts.append(f"对照：{hit.alignment}")
    parts += [_NOTES[note] for note in hit.notes]
    parts.append(change_text(hit))
    return "；".join(parts) + "。"


def rule_text(rule: str) -> str:
    """Return a rule in words."""
    return RULES[rule]


def change_text(hit: Explained) -> str:
    """Return what would change the outcome of a hit."""
    return _CHANGES.get(hit.would_change, "")
