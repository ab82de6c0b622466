"""Lin with two days of volunteering, Mo without any, a firm with an honour, and the credit office of their city."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from tests.worlds import world

from chengxin.archives.tests.conftest import accept, citizen, ground, hand_in
from chengxin.incentives import facade
from chengxin.incentives.contracts import Benefit, Condition, Draft, Family, Scene
from chengxin.intake.contracts import Batch
from chengxin.intake.tests.conftest import NOW, Office, open_office
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day, simulated
from chengxin.objections.tests.conftest import office

__all__ = ["accept", "ground", "hand_in", "office"]
FIRM = "91390100MA0000015M"
LIN, MO = "390101199001010017", "390202198506151023"
DEEDS = (
    "姓名,证件类型,证件号码,志愿服务项目,服务时长（小时）,确认日期,书面同意书编号,认定单位\n"
    f"林禾舟,身份证,{LIN},社区助老,8,2026-03-01,TY-1,云汀市民政局\n"
    f"林禾舟,身份证,{LIN},图书馆,6,2026-05-01,TY-2,云汀市民政局\n"
    f"莫望星,身份证,{MO},图书馆,6,2019-05-01,TY-3,云汀市民政局\n"
)
HONOURS = (
    "主体名称,统一社会信用代码,荣誉名称,授予日期,认定单位\n"
    f"云汀禾木商贸有限公司,{FIRM},诚信示范单位,2026-03-01,云汀市民政局\n"
)


@pytest.fixture(autouse=True)
def today(settings: object) -> Iterator[None]:
    settings.POINTS = True  # type: ignore[attr-defined]
    with simulated(NOW):
        yield


@world
def market(ground: None) -> Office:
    """Return the body that files good deeds."""
    items = ("volunteering", "honour")
    return open_office("YTMZ", "云汀市民政局", "91390100MA0000017H", "390100", items, kind="civil_affairs")


@world
def filed(market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch]) -> Office:
    for item, text in (("volunteering", DEEDS), ("honour", HONOURS)):
        accept(hand_in(text.encode(), market, item=item, name=f"{item}.csv").id, market)
    return market


@world
def lin(filed: Office) -> Actor:
    return citizen("lin", LIN)


@world
def mo(filed: Office) -> Actor:
    return citizen("mo", MO)


def draft(**changes: object) -> Draft:
    """Return a scene of a library that asks two days of volunteering."""
    on = legal_day(NOW)
    written: dict[str, object] = {
        "family": Family.CULTURE,
        "benefit": Benefit.NO_DEPOSIT,
        "title": "图书馆免押金",
        "partner": "云汀市图书馆",
        "gives": "办读者证不收押金。",
        "normal": "交一百元押金就可以办读者证，退证时全额退还。",
        "condition": Condition(items=("volunteering",), least=2, years=3),
        "starts_on": on,
        "ends_on": on + timedelta(days=365),
    }
    return Draft(**(written | changes))  # type: ignore[arg-type]


@world
def scene(office: tuple[Actor, Actor]) -> Scene:
    return facade.open_scene(office[0], draft(), now=NOW)


DAY = date(2026, 11, 23)
