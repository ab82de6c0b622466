"""The invented firms, small shops, social organisations and service providers of the province."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import polars as pl
from dateutil.relativedelta import relativedelta

from chengxin.demo.identifiers import credit_codes
from chengxin.demo.people import births_between, pick
from chengxin.demo.places import cities, counties, province, read_data
from chengxin.demo.sizes import Size

SHAPES = ("company", "shop", "partnership", "organisation", "branch")
SHARES = (0.60, 0.31, 0.03, 0.03, 0.03)
PREFIXES = {"company": "91", "shop": "92", "partnership": "91", "organisation": "51", "branch": "91"}
KINDS = {
    "company": "legal_person",
    "shop": "sole_trader",
    "partnership": "uninc_org",
    "organisation": "legal_person",
    "branch": "uninc_org",
}
FORMS = {
    "company": ("有限公司", "有限责任公司", "股份有限公司"),
    "shop": ("",),
    "partnership": ("合伙企业（有限合伙）", "合伙企业（普通合伙）"),
    "organisation": ("",),
    "branch": ("有限公司分公司",),
}
PROVIDER_SHARE = 0.03
HEAD_AGE = 24  # Old enough for records of the years before the fifteen months.


def trade_names(rng: np.random.Generator, count: int) -> pl.Series:
    """Return invented trade names (字号) of two or three characters."""
    words = read_data("words.yaml")
    first, second = list(words["trade_first"]), list(words["trade_second"])
    return pick(rng, first, count) + pick(rng, second, count) + pick(rng, words["trade_third"], count)


def _shapes(rng: np.random.Generator, count: int) -> pl.Series:
    drawn = rng.choice(len(SHAPES), count, p=SHARES)
    drawn[0] = SHAPES.index("shop")
    drawn[1:5] = SHAPES.index("company")
    return pl.Series(SHAPES, dtype=pl.String).gather(drawn)


def _places(rng: np.random.Generator, shape: pl.Series) -> pl.DataFrame:
    count = len(shape)
    own = counties()
    city = {area.code: area.name for area in cities()}
    table = pl.DataFrame(
        {
            "area": [area.code for area in own],
            "full": [area.full_name for area in own],
            "near": [city[area.city] + area.name for area in own],
            "city": [city[area.city] for area in own],
        }
    )
    drawn = table[rng.integers(0, len(own), count)]
    style = pl.Series(rng.random(count))
    whole = province().name.removesuffix("省")
    wide = pl.when(style < 0.3).then(pl.lit(whole)).when(style < 0.75).then("city").otherwise("near")
    return drawn.with_columns(shape=shape).with_columns(
        head=pl.when(pl.col("shape").is_in(["shop", "organisation"])).then("near").otherwise(wide)
    )


def _tails(rng: np.random.Generator, shape: pl.Series) -> pl.DataFrame:
    """Return sector, provider kind and the end of each name: trade and legal form."""
    words = read_data("words.yaml")
    count = len(shape)
    trades = pl.DataFrame(words["industries"], schema=["sector", "firm", "shop"], orient="row")
    drawn = trades[rng.integers(0, trades.height, count)]
    providers = pl.DataFrame(words["providers"], schema=["provider", "trade"], orient="row")
    helper = providers[np.arange(count) % providers.height]
    serves = (rng.random(count) < PROVIDER_SHARE) | ((np.arange(count) >= 1) & (np.arange(count) <= 4))
    frame = drawn.with_columns(
        shape=shape,
        serves=pl.Series(serves) & (shape == "company"),
        provider=helper["provider"],
        helper=helper["trade"],
        organisation=pick(rng, words["organisations"], count),
        form=pl.Series([FORMS[name][number] for name, number in _forms(rng, shape)]),
    )
    trade = pl.when("serves").then("helper").otherwise("firm")
    tail = (
        pl.when(pl.col("shape") == "shop")
        .then("shop")
        .when(pl.col("shape") == "organisation")
        .then("organisation")
        .otherwise(trade + pl.col("form"))
    )
    return frame.select(
        sector=pl.when("serves").then(pl.lit("ecommerce")).otherwise("sector"),
        provider=pl.when("serves").then("provider").otherwise(pl.lit("")),
        tail=tail,
    )


def _forms(rng: np.random.Generator, shape: pl.Series) -> list[tuple[str, int]]:
    drawn = rng.integers(0, 60, len(shape)).tolist()
    return [(name, number % len(FORMS[name])) for name, number in zip(shape.to_list(), drawn, strict=True)]


def _distinct(rng: np.random.Generator, frame: pl.DataFrame) -> pl.DataFrame:
    """Give every firm a name of its own, as registration law has it: repeated ones get another trade name."""
    while True:
        named = frame.with_columns(name=pl.col("head") + pl.col("trade") + pl.col("tail"))
        again = named.select(pl.int_range(pl.len()).over("name") > 0).to_series()
        if not again.any():
            return named
        longer = pl.col("trade") + pick(rng, list("云澜砚霁棠苇渚禾岚汀梧枫鹭穗帆桐筠青"), frame.height)
        frame = frame.with_columns(trade=pl.when(again).then(longer).otherwise("trade"))


def _heads(rng: np.random.Generator, count: int, *, people: pl.DataFrame, today: date) -> npt.NDArray[np.int64]:
    """Return the place in `people` of who heads each operator; the first belongs to the cast's shopkeeper."""
    drawn = rng.integers(0, people.height, count)
    grown = people["born_on"] <= today - relativedelta(years=HEAD_AGE)
    adults = np.flatnonzero((grown & ~people["deceased"] & (people["key"] == "")).to_numpy())
    heads: npt.NDArray[np.int64] = adults[drawn % len(adults)]
    heads[0] = people["key"].to_list().index("zhou")
    return heads


def make_firms(rng: np.random.Generator, *, size: Size, today: date, people: pl.DataFrame) -> pl.DataFrame:
    """Return the operators: the cast's shop first, then four service providers, then all others."""
    count = size.firms
    shape = _shapes(rng, count)
    frame = pl.concat(
        [_places(rng, shape), _tails(rng, shape), pl.DataFrame({"trade": trade_names(rng, count)})], how="horizontal"
    )
    head = _heads(rng, count, people=people, today=today)
    first = pl.int_range(count, eager=True) == 0
    frame = _distinct(rng, frame).with_columns(
        name=pl.when(first).then(pl.lit("澜汀市临棹区砚棠网店")).otherwise("name"),
        full=pl.when(first).then(pl.lit("云汀省澜汀市临棹区")).otherwise("full"),
        area=pl.when(first).then(pl.lit("390102")).otherwise("area"),
        sector=pl.when(first).then(pl.lit("food")).otherwise("sector"),
    )
    areas = frame["area"].cast(pl.Int64).to_numpy()
    prefixes = [PREFIXES[name] for name in shape]
    formed = births_between(rng, first=date(2003, 1, 1), last=today - timedelta(days=500), count=count)
    state = np.array(["存续", "歇业", "吊销", "注销"])[rng.choice(4, count, p=[0.94, 0.02, 0.02, 0.02])]
    state[:5] = "存续"
    renamed = pl.Series(rng.random(count) < 0.04)
    former = frame["head"] + trade_names(rng, count) + frame["tail"]
    roads = pick(rng, read_data("words.yaml")["roads"], count)
    return frame.select(
        uscc=credit_codes(prefixes, areas, np.arange(100_000, 100_000 + count, dtype=np.int64)),
        name="name",
        former_name=pl.when(renamed).then(former).otherwise(pl.lit("")),
        kind=pl.Series([KINDS[name] for name in shape]),
        shape="shape",
        sector="sector",
        provider="provider",
        area="area",
        address=pl.col("full") + roads + pl.Series(rng.integers(1, 400, count)).cast(pl.String) + "号",
        head=pl.Series(head),
        legal_rep=people["name"].gather(head),
        legal_rep_id_no=people["id_no"].gather(head),
        formed_on=pl.Series(formed),
        state=pl.Series(state),
        capital=pl.Series(np.round(np.exp(rng.normal(4.6, 1.2, count)), 0)),
    )
