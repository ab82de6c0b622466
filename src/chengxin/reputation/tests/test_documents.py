"""One rule is a note, two of different papers are a lead; what is unknown accuses nobody."""

import json

import numpy as np
import polars as pl
import pytest
from benches.documents import found_fakes

from chengxin.reputation.documents import SHARED, columns, condition, judge, rules
from chengxin.reputation.tests.test_scoring import command

HOUR = 3600
T = 1_780_000_000
TYPES = {
    **dict.fromkeys(
        (
            "platform", "order_id", "seller_id", "day", "buyer", "device", "waybill_no", "from_area", "to_area",
            "payer", "refund_payee", "orderer", "declared_payer", "identity_proven",
        ),
        pl.String,
    ),
    **dict.fromkeys(
        (
            "ordered_at", "ordered_fen", "line_count", "stated_g", "paid_fen", "refunded_fen", "first_refund_at",
            "orders_on_waybill", "orders_on_device", "transit_count", "collected_at", "signed_at", "measured_g",
            "first_reviewed_at", "score",
        ),
        pl.Int64,
    ),
}  # fmt: skip
HONEST = {
    "platform": "p", "order_id": "A1", "seller_id": "s", "day": "2026-05-01", "buyer": "b1", "device": "d1",
    "ordered_at": T, "ordered_fen": 10_000, "line_count": 1, "stated_g": 500, "paid_fen": 10_000, "payer": "b1",
    "waybill_no": "W1", "orders_on_waybill": 1, "from_area": "390100", "to_area": "390200", "transit_count": 2,
    "collected_at": T + 20 * HOUR, "signed_at": T + 60 * HOUR, "measured_g": 520, "first_reviewed_at": T + 70 * HOUR,
    "score": 5,
}  # fmt: skip
BAD = {
    "R2": {"collected_at": None, "transit_count": 0},
    "R3": {"measured_g": 149},
    "R5": {"collected_at": T - 1},
    "R6": {"signed_at": T + 32 * HOUR - 1, "first_reviewed_at": T + 40 * HOUR},
    "R7": {"paid_fen": 10_501},
    "R8": {"declared_payer": "x", "orderer": "b1", "identity_proven": "no"},
    "R9": {
        "payer": "x", "refund_payee": "x", "refunded_fen": 9_000, "first_refund_at": T + 60 * HOUR + 30 * 24 * HOUR,
    },
    "R11": {"first_reviewed_at": T + 60 * HOUR - 1},
}  # fmt: skip
JUST_NOT = {
    "R2": {"collected_at": None, "transit_count": 1},
    "R3": {"measured_g": 150},
    "R5": {"collected_at": T, "signed_at": T + 60 * HOUR},
    "R6": {"signed_at": T + 32 * HOUR, "first_reviewed_at": T + 40 * HOUR},
    "R7": {"paid_fen": 10_500},
    "R8": {"declared_payer": "x", "orderer": "b1", "identity_proven": "yes"},
    "R9": {
        "payer": "x", "refund_payee": "x", "refunded_fen": 8_999, "first_refund_at": T + 60 * HOUR + 30 * 24 * HOUR,
    },
    "R11": {"first_reviewed_at": T + 60 * HOUR - 1, "score": 4},
}  # fmt: skip


def facts(*changes: dict) -> pl.DataFrame:
    rows = [{**dict.fromkeys(TYPES), **HONEST, **change} for change in changes]
    return pl.DataFrame(rows, schema=TYPES)


def fired(*changes: dict) -> set[str]:
    return {code for code, orders in judge(facts(*changes)).fired.items() if orders}


def test_an_honest_order_fires_nothing():
    judged = judge(facts({}))
    assert (judged.orders, judged.noted, len(judged.leads)) == (1, 0, 0)


@pytest.mark.parametrize("code", sorted(BAD))
def test_a_rule_fires_at_its_limit_and_not_before(code):
    assert fired(BAD[code]) == {code}
    assert fired(JUST_NOT[code]) == set()


def test_a_waybill_of_two_buyers_and_a_device_of_five_fire_and_of_fewer_do_not():
    both = [{"order_id": f"A{k}", "buyer": f"b{k}", "orders_on_waybill": 2} for k in range(2)]
    assert fired(*both) == {"R4"}
    assert fired(both[0], {**both[1], "buyer": "b0"}) == set()
    assert fired(both[0], {**both[1], "buyer": None}) == set()  # An unknown buyer is not another one.
    many = [{"order_id": f"A{k}", "buyer": f"b{k}", "payer": f"b{k}", "waybill_no": f"W{k}"} for k in range(5)]
    assert fired(*many) == {"R12"}
    assert fired(*many[:4]) == set()


@pytest.mark.parametrize(
    ("shared", "orders"),
    [({"waybill_no": "W1", "orders_on_waybill": 2}, 2), ({"device": "d1", "orders_on_device": 5}, 5)],
)
def test_orders_that_fire_only_because_of_others_are_handed_over(shared, orders):
    alone = {"waybill_no": "W", "orders_on_waybill": 1, "orders_on_device": 1}
    rows = [{**alone, "order_id": f"A{k}", "buyer": f"b{k}", "payer": f"b{k}", **shared} for k in range(orders)]
    assert len(fired(*rows)) == 1
    assert facts(*rows, {**alone, "order_id": "other"}).filter(pl.sql_expr(condition())).height == orders


@pytest.mark.parametrize("unknown", sorted(set(TYPES) - {"platform", "order_id", "seller_id", "day"}))
def test_what_is_unknown_never_fires(unknown):
    assert fired({unknown: None}) == set()


def test_two_rules_of_one_paper_are_no_lead_and_two_papers_are_one_with_everything_to_judge_it():
    assert len(judge(facts({**BAD["R5"], "signed_at": T})).leads) == 0
    [lead] = judge(facts({**BAD["R3"], **BAD["R7"]})).leads.rows(named=True)
    assert lead["rules"] == "R3 R7"
    assert (lead["platform"], lead["order_id"], lead["seller_id"], lead["day"]) == ("p", "A1", "s", "2026-05-01")
    assert json.loads(lead["evidence"]) == [
        {
            "rule": "R3",
            "paper": "weight",
            "values": {"measured_g": 149, "stated_g": 500},
            "limits": {"percent": 30, "grams": 50},
            "honest_per_10000": None,
        },
        {
            "rule": "R7",
            "paper": "payment",
            "values": {"paid_fen": 10_501, "ordered_fen": 10_000},
            "limits": {"percent": 5},
            "honest_per_10000": 26.0,
        },
    ]
    assert lead["model"] == f"documents {rules()[0]}"
    assert lead["clears"].count("；") == 1


def test_what_a_rule_asks_and_shows_is_handed_over_with_its_limits_in_it():
    for rule in rules()[1].values():
        asked = set(pl.sql_expr(rule.fires).meta.root_names())
        assert asked | set(rule.shows) <= set(columns()) | set(SHARED)
        assert ":" not in rule.fires + rule.may


def test_fakes_of_another_model_become_leads_and_honest_orders_with_odd_papers_do_not():
    found = found_fakes(np.random.default_rng(5), 8_000)
    assert found["honest leads of 10,000"] == 0
    assert set(found["fakes that are leads"]) == {"cheap", "empty", "ghost", "loop", "rush"}
    assert min(found["fakes that are leads"].values()) > 0.1


def test_the_command_reads_a_folder_and_questions_what_it_cannot_read(tmp_path):
    (tmp_path / "orders.csv").write_text(
        "order_id,seller_id,created_at,status,goods_amount,buyer\n"
        "A1,s1,2026-03-01 10:00:00,delivered,100.00,b1\n"
        "A2,s1,2026-03-01 11:00:00,delivered,100.00,b2\n"
        "A3,s1,yesterday,delivered,100.00,b3\n"
    )
    (tmp_path / "order_lines.csv").write_text(
        "order_id,line_no,created_at,sku,quantity,unit_price,unit_weight_g\n"
        "A1,1,2026-03-01 10:00:00,k,1,100.00,800\nA2,1,2026-03-01 11:00:00,k,1,100.00,800\n"
    )
    (tmp_path / "payments.csv").write_text(
        "payment_id,order_id,kind,paid_at,amount,payer\n"
        "P1,A1,pay,2026-03-01 10:05:00,100.00,b1\nP2,A2,pay,2026-03-01 11:05:00,60.00,b2\n"
    )
    (tmp_path / "waybills.csv").write_text(
        "waybill_no,order_id,courier,created_at,measured_g\n"
        "W1,A1,c,2026-03-01 12:00:00,830\nW2,A2,c,2026-03-01 12:00:00,30\n"
    )
    out = tmp_path / "leads.csv"
    done = command("detect", "documents", str(tmp_path), "--out", str(out), "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["orders"], said["noted"], said["leads"]) == (2, 1, 1)
    assert said["questioned"]["orders"] == 1
    [lead] = pl.read_csv(out).rows(named=True)
    assert (lead["order_id"], lead["rules"]) == ("A2", "R3 R7")


def test_a_folder_without_orders_is_answered_with_a_code(tmp_path):
    done = command("detect", "documents", str(tmp_path), "--out", str(tmp_path / "leads.csv"))
    assert done.returncode == 1
    assert "L-FOLDER" in done.stderr
