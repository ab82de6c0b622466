"""Honours in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from chengxin.honours.contracts import Answer, Kind, Nomination, Obstacle, Outcome, Standing
from chengxin.ui.facade import State, Tone, in_language, series

_TONES = {
    Standing.PREPARED: Tone.NEUTRAL,
    Standing.NOTICED: Tone.INFO,
    Standing.AWARDED: Tone.DONE,
    Standing.SUSPENDED: Tone.ENDED,
    Standing.EXPIRED: Tone.ENDED,
    Standing.WITHDRAWN: Tone.ALERT,
    Standing.CLOSED: Tone.ENDED,
    Standing.GIVEN_UP: Tone.ENDED,
}


def title_of(kind: Kind) -> str:
    """Say what an honour is called."""
    return in_language(kind.title.zh, kind.title.en)


def what_of(kind: Kind) -> str:
    """Say what an honour is given for."""
    return in_language(kind.what.zh, kind.what.en)


def state_of(one: Nomination) -> State:
    """Say where a nomination or an honour stands."""
    return State(word=standing_words(one.standing), tone=_TONES[one.standing])


def standing_words(standing: Standing) -> str:
    """Say a standing."""
    return {
        Standing.PREPARED: _("办理中"),
        Standing.NOTICED: _("公示中"),
        Standing.AWARDED: _("有效"),
        Standing.SUSPENDED: _("暂停使用"),
        Standing.EXPIRED: _("已到期"),
        Standing.WITHDRAWN: _("已撤销"),
        Standing.CLOSED: _("没有授予"),
        Standing.GIVEN_UP: _("本人已放弃"),
    }[standing]


def answer_words(answer: Answer) -> str:
    """Say what a nominee said."""
    return {
        Answer.WAITING: _("还没有答复"),
        Answer.NAMED: _("同意，可以公开姓名"),
        Answer.UNNAMED: _("同意，但不公开姓名"),
        Answer.DECLINED: _("不同意"),
    }[answer]


def obstacle_words(found: tuple[Obstacle, ...]) -> str:
    """Say what a check found."""
    said = {
        Obstacle.SERIOUS_LIST: _("在严重失信主体名单或者失信被执行人名单上"),
        Obstacle.OPEN_DETERMINATION: _("有已经告知、没有办结的认定"),
    }
    return series(said[one] for one in found) or _("没有发现")


def outcome_words(outcome: Outcome) -> str:
    """Say what became of a letter."""
    return {
        Outcome.WAITING: _("正在核实"),
        Outcome.ADOPTED: _("已采纳"),
        Outcome.NOT_ADOPTED: _("没有采纳"),
    }[outcome]


def name_of(one: Nomination) -> str:
    """Return the name a nominee agreed to show, or say that it is not shown."""
    return one.shown_name or _("本人不公开姓名")
