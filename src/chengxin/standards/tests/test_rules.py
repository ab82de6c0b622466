"""A version prints the same for everybody, dimension by dimension, and says when it knows too little."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chengxin.catalogue.facade import ItemError
from chengxin.kernel.refusal import Refused
from chengxin.standards import reading, rules, shelf
from chengxin.standards.contracts import Change, Figure, Standard
from chengxin.standards.differences import differences
from chengxin.standards.tests.conftest import FIGURES, printed

FIRST, SECOND = reading.read_versions((shelf.SHELF / "ecommerce_rating.yaml").read_text("utf-8"), where="shelf")


def problems(text: str, over: Standard | None = SECOND) -> list[str]:
    with pytest.raises(ItemError) as caught:
        reading.read_one(text, over=over, where="draft")
    return list(caught.value.problems)


@pytest.mark.clause("E2.2a")
def test_two_versions_print_what_their_text_says() -> None:
    # 4.34 lies 0.8 of the way from 2.5 to 4.8, 4.11 lies 0.7; 29 reviews of service are one too few.
    assert printed(rules.judge(FIRST, FIGURES)) == {
        "identity": ("良", "75.0", 100),
        "goods": ("良", "80.0", 60),
        "delivery": ("良", "70.0", 100),
        "complaints": ("良", "81.0", 100),
    }
    assert printed(rules.judge(SECOND, FIGURES)) == {
        "identity": ("良", "75.0", 100),
        "goods": ("良", "80.0", 60),
        "delivery": ("良", "73.0", 100),
        "complaints": ("中", "64.5", 100),
    }


def test_below_its_floor_an_indicator_does_not_count_and_below_the_coverage_nothing_is_said() -> None:
    few = {**FIGURES, "reviews.goods": Figure(value=Decimal("4.34"), sample=29)}
    assert printed(rules.judge(FIRST, few))["goods"] == ("", "", 0)
    enough = {**FIGURES, "reviews.service": Figure(value=Decimal("2.5"), sample=30)}
    assert printed(rules.judge(FIRST, enough))["goods"] == ("有待改进", "48.0", 100)
    alone = {"licences.covered": FIGURES["licences.covered"]}
    assert printed(rules.judge(FIRST, alone))["identity"] == ("", "", 50)


@pytest.mark.clause("E2.2a")
def test_two_evaluators_with_the_same_figures_get_the_same_marks_and_the_same_code() -> None:
    turned = dict(
        reversed(
            [(code, Figure(value=one.value + Decimal("0.00"), sample=one.sample)) for code, one in FIGURES.items()]
        )
    )
    assert printed(rules.judge(SECOND, turned)) == printed(rules.judge(SECOND, FIGURES))
    said = reading.as_definition(SECOND)
    assert rules.digest_of(said, turned) == rules.digest_of(said, FIGURES)
    assert rules.digest_of(said, FIGURES) != rules.digest_of(reading.as_definition(FIRST), FIGURES)
    assert reading.of_definition(said) == SECOND


def test_a_change_of_a_weight_moves_its_dimension_and_no_other() -> None:
    before, after = (
        rules.judge(SECOND, FIGURES),
        rules.judge(rules.changed(SECOND, Change(indicator="handover", weight=40)), FIGURES),
    )
    moved = {
        one.dimension.name: str(new.points) for one, new in zip(before, after, strict=True) if one.points != new.points
    }
    assert moved == {"delivery": "72.5"}
    for wrong in (Change(indicator="handover", best=Decimal(20)), Change(indicator="nothing", weight=5)):
        with pytest.raises(Refused) as caught:
            rules.changed(SECOND, wrong)
        assert caught.value.refusal.code == "STANDARD-NO-MEASURE"


def test_differences_name_what_a_version_changed() -> None:
    assert [(one.what.zh, one.before, one.after) for one in differences(FIRST, SECOND)] == [
        ("生效日期", "2025-01-01", "2026-07-01"),
        ("新增指标“按时交寄”", "", "按时交寄"),
        ("新增指标“答复快慢”", "", "答复快慢"),
        ("“发货评价”的权重", "100", "40"),
        ("“投诉率”的权重", "60", "50"),
        ("“谈妥率”的权重", "40", "30"),
    ]


def test_a_later_version_says_only_what_changes() -> None:
    draft = reading.read_one(
        "code: standard.ecommerce_rating\nversion: 3\neffective_on: 2027-03-01\ndrop: [service]\n",
        over=SECOND,
        where="draft",
    )
    assert [one.name for one in draft.indicators] == [one.name for one in SECOND.indicators if one.name != "service"]


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("about: persons", "draft: `about`: Input should be 'operators'"),
        ("total: {weight: 3}", "draft: `total`:"),
        ("indicators: [{name: rate, source: persons.score}]", "draft: indicator `rate`: `source` is none of"),
        ("indicators: [{name: rate, source: reviews.goods}]", "draft: `indicators`: each source counts once"),
        ("indicators: [{name: rate, weight: 0}]", "draft: indicator `rate`: `weight` is a whole number from 1 to 100."),
        ("indicators: [{name: rate, floor: 0}]", "draft: indicator `rate`: `floor` is at least 1."),
        ("indicators: [{name: rate, best: 100}]", "draft: indicator `rate`: `worst` and `best` are the same"),
        (
            "indicators: [{name: rate, worst: 20000}]",
            "draft: indicator `rate`: `worst` and `best` lie between 0 and 10000.",
        ),
        ("indicators: [{name: rate, basis: []}]", "draft: indicator `rate`: `basis` names at least one article."),
        ("indicators: [{name: rate, basis: [EC/999]}]", "draft: `basis`:"),
        ("drop: [goods, delivery, complaints]", "draft: `dimensions`: name at least 2;"),
        ("coverage: 49", "draft: `coverage`: from 50 to 100;"),
        ("drop: [as_described, service]", "draft: `dimensions`: `goods` has no indicator."),
        ("a: &x 1\nb: *x", "draft: aliases (*name) are not read here"),
        ("indicators: 5", "draft: a version is a mapping;"),
    ],
)
def test_redline_10_a_standard_that_scores_a_person_or_a_whole_cannot_be_written(said: str, line: str) -> None:
    found = problems(f"code: standard.ecommerce_rating\nversion: 3\neffective_on: 2027-03-01\n{said}\n")
    assert any(one.startswith(line) for one in found), found
