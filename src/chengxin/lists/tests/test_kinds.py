"""Kinds of list as data: what the law does not carry is refused when the file is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from chengxin.determinations.tests.conftest import DRAFTED
from chengxin.intake.tests.conftest import open_office
from chengxin.kernel.refusal import Refused
from chengxin.law import facade as law
from chengxin.law.facade import Level
from chengxin.lists import facade
from chengxin.lists.contracts import Family
from chengxin.lists.kinds import BadKind, kinds, read_kinds
from chengxin.lists.tests.conftest import LISTING

ONE = """
- code: trial
  title: {zh: 试验名单, en: Trial list}
  family: serious
  scope: by_law
  items: [serious_list.market]
  basis: [KD/8]
  why: {zh: 试验, en: Trial}
"""


@pytest.mark.clause("P5.2d")
@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("  scope: by_law\n", "", "LIST-SCOPE"),
        ("basis: [KD/8]", "basis: [SEED1/5.2]", "LIST-BASIS"),
        ("basis: [KD/8]", "basis: [GB49, D/list-term]", "LIST-BASIS"),
        ("basis: [KD/8]", "basis: [FS13/4]", "LIST-BASIS"),
    ],
)
def test_a_list_outside_the_closed_scope_or_set_by_a_policy_is_refused(old: str, new: str, code: str) -> None:
    assert list(read_kinds(ONE)) == ["trial"]
    with pytest.raises(BadKind, match=code):
        read_kinds(ONE.replace(old, new))


@pytest.mark.clause("E2.4c")
def test_a_list_whose_basis_sets_no_standard_is_shown_and_takes_no_draft(ground: None) -> None:
    assert [kind.code for kind in kinds().values() if kind.shut is not None] == ["courier"]
    post = open_office("YTYZ", "云汀市邮政管理局", "post", "390100", ("serious_list.courier",))
    assert facade.kinds_for(post.clerk.body, now=DRAFTED) == []
    with pytest.raises(Refused) as refused:
        facade.draft_listing(post.clerk, "courier", cells=LISTING, now=DRAFTED)
    assert refused.value.refusal.code == "LIST-NO-STANDARD"
    page = Client().get("/lists/courier").content.decode()
    assert "没有查到规定列入标准的法律、法规或者部门规章，不能在这里拟列入。" in page


def test_no_item_is_on_two_lists() -> None:
    with pytest.raises(BadKind, match="on another list"):
        read_kinds(ONE + ONE.replace("trial", "other"))


@pytest.mark.clause("P5.2d")
def test_every_shipped_list_has_a_basis_of_its_rank_and_every_item_of_a_list_is_on_one() -> None:
    found = kinds()
    assert {kind.family for kind in found.values()} == set(Family)
    for kind in found.values():
        assert {law.level_of(cite) for cite in kind.basis} - {Level.POLICY, Level.DESIGN}, kind.code
    items = Path(__file__).parents[2] / "catalogue" / "items"
    listed = (items / "06-serious-lists.yaml").read_text("utf-8").count("list_kind: serious")
    assert listed == sum(len(kind.items) for kind in found.values() if kind.family is Family.SERIOUS) == 6
