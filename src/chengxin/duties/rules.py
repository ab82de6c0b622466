"""What is asked of a platform's rule and of a measure it takes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Final

from chengxin.duties.contracts import Claim, Measure, Rule, RuleText
from chengxin.kernel.refusal import Refusal
from chengxin.law import facade as law
from chengxin.law.facade import cites

LAW = law.beside(__file__)
LONGEST_RULE: Final = 20_000


_NO_WORDS: Final = Refusal(
    code="DU-RULE-WORDS",
    what="规则的编号、名称、正文都要填，正文最多20000字。",
    why="规则要让商家和消费者完整阅览。",
    next_step="请补充以后再报。",
    basis=("EC/33",),
    field="text",
)
_RULE_DAYS: Final = Refusal(
    code="DU-RULE-DAYS",
    what="规则的日期不对。",
    why="公示不能晚于今天，实施不能早于公示；征求意见要有起止两天、已经结束。",
    next_step="请核对日期。",
    basis=("EC/34",),
    field="published_on",
)
_NO_KIND: Final = Refusal(
    code="DU-KIND",
    what="没有选择措施，或者分类的等级不对。",
    why="措施和等级都在公开的表里。",
    next_step="请从表里选择。",
    field="kind",
)
_NO_ARTICLE: Final = Refusal(
    code="DU-ARTICLE",
    what="没有写明依据的规则条款，或者规则在那一天还没有实施。",
    why="平台只能依照已经实施的公开规则对商家采取措施。",
    next_step="请从规则库选择规则，写明第几条。",
    basis=("EC/32", "EC/36"),
    field="article",
)
_NO_APPEAL: Final = Refusal(
    code="DU-NO-APPEAL",
    what="没有写明在平台哪里申诉。",
    why="商家要能申诉，措施才成立。",
    next_step="请填平台域名下、https 开头的申诉网址。",
    basis=("D/platform-appeal",),
    field="appeal_url",
)
_NO_REASONS: Final = Refusal(
    code="DU-REASONS",
    what="请写明理由，2到500字。",
    why="商家要知道为什么，才能改正或者申诉。",
    next_step="写出事实，不要写别人的姓名和号码。",
    field="reasons",
)
_ACTION_DAYS: Final = Refusal(
    code="DU-DAYS",
    what="措施的日期不对。",
    why="措施不能从今天以前开始，结束要晚于开始。",
    next_step="请核对日期。",
    field="starts_on",
)
NO_SHOP: Final = Refusal(code="DU-SHOP", what="没有这家店铺。", next_step="请核对店铺编号。", field="shop")
_NO_GOODS: Final = Refusal(
    code="DU-GOODS",
    what="请写明涉及的商品或者服务，2到300字。",
    why="商家和公众要看得出通知说的是什么。",
    next_step="写商品名称和链接编号，不要写别人的姓名和号码。",
    field="goods",
)
_NO_EVIDENCE: Final = Refusal(
    code="DU-EVIDENCE",
    what="没有附上构成侵权的初步证据。",
    why="通知应当包括构成侵权的初步证据，没有的不能据以采取措施。",
    next_step="请附上权利人交来的材料，照片或者PDF。",
    basis=("EC/42",),
    field="papers",
)
_CLAIM_DAY: Final = Refusal(
    code="DU-CLAIM-DAY",
    what="收到通知的日期不能晚于今天。",
    next_step="请核对日期。",
    field="received_on",
)


@cites("EC/33")
def why_not_file_rule(rule: RuleText, *, today: date) -> Refusal | None:
    """Return why a version of a rule is not taken, or None; one that was not announced in time is taken and marked."""
    if not rule.code.strip() or not rule.title.strip() or not 1 <= len(rule.text.strip()) <= LONGEST_RULE:
        return _NO_WORDS
    if rule.published_on > today or rule.effective_on < rule.published_on or not _asked_in_order(rule, today):
        return _RULE_DAYS
    return None


def _asked_in_order(rule: RuleText, today: date) -> bool:
    first, last = rule.comment_from, rule.comment_until
    if first is None or last is None:
        return first is last
    return first <= last <= today


@cites("EC/34")
def is_announced(rule: RuleText, *, version: int) -> bool:
    """Tell whether a changed rule was put to comment, and was public long enough before it took effect."""
    if version == 1:
        return True
    days = LAW.value("duty.rule_notice", on=rule.effective_on).number
    was_asked = rule.comment_until is not None and rule.comment_until <= rule.published_on
    return was_asked and rule.published_on + timedelta(days=days) <= rule.effective_on


@cites("EC/32", "EC/36")
def why_not_act(
    measure: Measure, *, grades: Collection[str] | None, rule: Rule | None, is_theirs: bool, today: date
) -> Refusal | None:
    """Return why a measure is not taken, or None.

    `grades` of its kind, None: unknown kind; `is_theirs`: the appeal goes to an address of the platform.
    """
    if grades is None or (measure.grade not in grades if grades else measure.grade):
        return _NO_KIND
    if rule is None or rule.text.effective_on > measure.starts_on or not measure.article.strip():
        return _NO_ARTICLE
    if not is_theirs or not measure.appeal_url.startswith("https://"):
        return _NO_APPEAL
    if not 2 <= len(measure.reasons.strip()) <= 500:
        return _NO_REASONS
    if measure.starts_on < today or (measure.ends_on is not None and measure.ends_on <= measure.starts_on):
        return _ACTION_DAYS
    return None


@cites("EC/42")
def why_not_claim(claim: Claim, *, has_shop: bool, has_papers: bool, today: date) -> Refusal | None:
    """Return why a notice of an infringed right is not filed, or None."""
    if not has_shop:
        return NO_SHOP
    if not 2 <= len(claim.goods.strip()) <= 300:
        return _NO_GOODS
    if claim.received_on > today:
        return _CLAIM_DAY
    return None if has_papers else _NO_EVIDENCE
