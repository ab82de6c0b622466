from datetime import date

from chengxin.access.contracts import Body
from chengxin.demo.state import State, keep_state, read_state, why_not_build

STATE = State(size="S", seed=39, today=date(2026, 11, 24), marker="a", last_filing=7, counts={"rows": 5})


def body(area):
    return Body(
        code="x", name_zh="某局", name_en="X", uscc="", area=area, level="city", fields_of_work=(), parent="",
        is_credit_office=False,
    )  # fmt: skip


def refused(**given):
    asked = {"is_demo": True, "bodies": [body("3901")], "state": STATE, "marker": "a", "size": "S"}
    refusal = why_not_build(**{**asked, **given})
    return refusal.code if refusal else None


def test_a_state_comes_back_as_it_was_kept(tmp_path):
    keep_state(STATE, tmp_path / "demo" / "state.json")
    assert read_state(tmp_path / "demo" / "state.json") == STATE
    assert read_state(tmp_path / "none.json") is None


def test_it_goes_on_with_its_own_database_and_begins_in_an_empty_one():
    assert refused() is None
    assert refused(bodies=[], state=None, marker="") is None


def test_it_refuses_an_installation_that_is_no_demonstration():
    assert refused(is_demo=False) == "D-NOT-DEMO"


def test_it_refuses_a_database_with_a_body_of_a_real_area():
    assert refused(bodies=[body("3901"), body("3201")]) == "D-REAL-DATABASE"


def test_it_refuses_a_database_whose_progress_it_does_not_know():
    assert refused(state=None) == "D-UNKNOWN-STATE"
    assert refused(marker="another") == "D-UNKNOWN-STATE"


def test_it_refuses_to_go_on_in_another_size():
    assert refused(size="M") == "D-OTHER-SIZE"
