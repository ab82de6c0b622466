"""What an agreement may open: named fields of operators, none of them personal, on articles, for a term."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from dateutil.relativedelta import relativedelta

from chengxin.catalogue.contracts import ItemVersion
from chengxin.consents.contracts import Terms
from chengxin.consents.rules import LAW
from chengxin.kernel.refusal import Refusal
from chengxin.law.facade import cites, is_article

_NO_WORDS: Final = Refusal(
    code="AG-WORDS",
    what="文号、用途、摘要都要填。",
    why="协议的摘要向社会公开，让人知道什么给了谁、做什么用。",
    next_step="请补充以后再报。",
    field="summary",
)
_NO_BASIS: Final = Refusal(
    code="AG-BASIS",
    what="没有写明法律依据，或者依据的条款不在法规库里。",
    why="没有法律依据，不能向任何人提供没有公开的内容。",
    next_step="请用法规库的写法填写条款，例如 EC/25。",
    basis=("DSL/40",),
    field="basis",
)
_NO_TERM: Final = Refusal(
    code="AG-TERM",
    what="没有期限，或者期限太长。",
    why="协议到期，数据当时就停。",
    next_step="请填开始和结束的日期，最长三年；到期可以再签。",
    basis=("D/agreement-term",),
    field="ends_on",
)


@cites("D/agreement-term")
def why_not_conclude(
    terms: Terms, *, items: Mapping[str, ItemVersion | None], today: date, pack: str
) -> Refusal | None:
    """Return why an agreement is not drafted, or None."""
    if not all(len(one.strip()) >= 2 for one in (terms.number, terms.purpose, terms.summary)):
        return _NO_WORDS
    if not terms.basis or not all(is_article(one) and not one.startswith("D/") for one in terms.basis):
        return _NO_BASIS
    longest = int(LAW.value("agreement.longest", on=today, pack=pack).number)
    if not max(today, terms.starts_on) < terms.ends_on <= terms.starts_on + relativedelta(years=longest):
        return _NO_TERM
    for code, names in terms.item_fields.items():
        if refusal := _why_not_item(items.get(code), names, code=code):
            return refusal
    return None if terms.item_fields else _no_field("")


def _why_not_item(item: ItemVersion | None, names: tuple[str, ...], *, code: str) -> Refusal | None:
    """Refuse unknown items and fields, those that belong to a person, and those that everybody sees anyway."""
    if item is None or not names:
        return _no_field(code)
    known = {field.name: field for field in item.fields}
    for name in names:
        field = known.get(name)
        if field is None or field.public:
            return _no_field(f"{code}: {name}")
        if field.personal:
            return Refusal(
                code="AG-PERSONAL",
                what="{field}属于个人信息，协议不能包含。",
                why="个人信息只有本人同意或者法定依据才能提供，不能用合作协议提供。",
                next_step="请删去这个字段。",
                basis=("PIPL/23",),
                field="item_fields",
                values={"field": f"{code}: {name}"},
            )
    return None


def _no_field(what: str) -> Refusal:
    return Refusal(
        code="AG-FIELD",
        what="目录里没有{field}，或者它本来就公开。",
        why="协议只写目录里有、没有公开、不属于个人的字段。",
        next_step="每行写一个目录条目，冒号后面写字段，例如 licence: remark。",
        field="item_fields",
        values={"field": what or "—"},
    )
