"""Courier companies of the province: licensed and entered by the postal authority, their parcels in the lake."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

import polars as pl

from chengxin.couriers import facade as couriers
from chengxin.couriers.contracts import Branch, Entry
from chengxin.demo.bodies import body_by_code
from chengxin.demo.life.filing import file_lines
from chengxin.demo.life.stage import Doing, Stage, Told
from chengxin.files import facade as files
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import BEIJING, legal_day
from chengxin.lake import facade as lake

_DAY: Final = timedelta(days=1)


def register_couriers(stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """License courier companies as their source does, then enter them and their outlets in the register."""
    firms = stage.province.operators.filter(pl.col("sector") == "logistics", pl.col("uscc").str.starts_with("91"))
    chosen = dict(zip(told["companies"], firms.head(len(told["companies"])).iter_rows(named=True), strict=True))
    approver = stage.actor(told["approver"], on=legal_day(now))
    _license(actor, approver, chosen, now=now)
    for name, firm in chosen.items():
        couriers.register_company(actor, Entry(uscc=firm["uscc"], names=(name,)), now=now)
        outlets = [
            Branch(
                number=f"{name}-{place}",
                name=f"{name}{words}网点",
                area=area,
                opened_on=legal_day(now) - timedelta(days=60),
                filed_on=legal_day(now) - timedelta(days=60 - late),
            )
            for place, (words, area, late) in enumerate(told["outlets"], start=1)
        ]
        couriers.file_branches(actor, firm["uscc"], outlets, now=now)


def carry(_stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Hand in the orders, waybills and scans of some weeks, and compute what the pages show of them."""
    store, lot = lake.Store(lake.lake_root()), Random(told["seed"])  # noqa: S311 - a story, nothing secret
    parcels = [
        _parcel(lot, f"{lane}-{name}-{place}", name, told["lanes"][lane], quality, ends=now - told["before"] * _DAY)
        for name, quality in told["couriers"].items()
        for lane in quality["lanes"]
        for place in range(told["each"])
    ]
    for dataset in ("orders", "waybills", "parcel_scans"):
        rows = [row for one in parcels for row in one[dataset]]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, f"{dataset}.parquet")
            pl.DataFrame(rows).write_parquet(path)
            lake.load(path, dataset=dataset, platform=actor.body, now=now, store=store, keep=files.keep)
    couriers.refresh(store=store, now=now)


def _parcel(
    lot: Random, number: str, courier: str, lane: Mapping[str, Any], quality: Mapping[str, Any], *, ends: datetime
) -> dict[str, list[dict[str, str]]]:
    ordered = ends - timedelta(days=lot.randrange(1, 60), hours=lot.randrange(12))
    collected = ordered + timedelta(hours=6 + lot.randrange(12))
    hours = max(8, round(lot.gauss(24 * lane["days"] + quality["slower"], 9)))
    due = collected + timedelta(hours=24 * lane["days"] + 14)
    scans = [("collected", collected)]
    fate = lot.random()
    if fate < quality["amiss"]:
        scans.append(("exception", collected + timedelta(hours=hours // 2)))
    if fate < 1 - quality["lost"]:
        scans.append(("signed", collected + timedelta(hours=hours)))
    plain = {"order_id": f"O-{number}", "created_at": _at(ordered)}
    state = {"seller_id": f"S-{1 + lot.randrange(8)}", "status": "delivered", "goods_amount": "60.00"}
    days = {"handover_due_at": _at(ordered + 2 * _DAY), "delivery_due_at": _at(due)}
    ends_at = {"from_area": lane["from"], "to_area": lane["to"]}
    return {
        "orders": [{**plain, **state, **days}],
        "waybills": [{"waybill_no": f"W-{number}", **plain, "courier": courier, **ends_at}],
        "parcel_scans": [
            {"waybill_no": f"W-{number}", "scanned_at": _at(at), "kind": kind, "site": courier} for kind, at in scans
        ],
    }


def _at(moment: datetime) -> str:
    return moment.astimezone(BEIJING).isoformat(timespec="seconds")


def _license(clerk: Actor, approver: Actor, firms: Mapping[str, Mapping[str, Any]], *, now: datetime) -> None:
    """File the courier licences as their source; a second person approves."""
    lines = [_licence(clerk, firm, place, now=now) for place, firm in enumerate(firms.values(), start=1)]
    file_lines(clerk, approver, "licence", lines, name="寄递许可", now=now)


def penalise_courier(stage: Stage, actor: Actor, told: Told, now: datetime) -> None:
    """Let the traffic police file what it found of a company's vehicles: what its traffic score rests on."""
    company = next(one for one in couriers.list_companies() if told["company"] in one.names)
    source, today = body_by_code(actor.body), legal_day(now)
    lines = [
        {
            "subject_name": company.name,
            "subject_kind": "法人及非法人组织",
            "uscc": company.uscc,
            "decision_no": f"云公交罚〔{today.year}〕J{place}号",
            "violation_kind": kind,
            "violation_facts": f"经查，企业名下的送货车{kind}。",
            "legal_basis": "《中华人民共和国道路交通安全法》第九十条（凭记忆，暂定）",
            "penalty_kind": "罚款",
            "penalty_content": "罚款0.2万元。",
            "fine": "0.2",
            "determined_on": (today - 9 * _DAY).isoformat(),
            "notified_on": (today - 6 * _DAY).isoformat(),
            "body_name": source.name,
            "body_code": source.uscc,
            "provenance": "认定",
            "severity": "一般",
        }
        for place, kind in enumerate(told["found"], start=1)
    ]
    approver = stage.actor(told["approver"], on=today)
    file_lines(actor, approver, "penalty", lines, name="交通处罚", now=now)


def _licence(clerk: Actor, firm: Mapping[str, Any], place: int, *, now: datetime) -> dict[str, str]:
    source, today = body_by_code(clerk.body), legal_day(now)
    return {
        "subject_name": firm["name"],
        "subject_kind": "法人及非法人组织",
        "uscc": firm["uscc"],
        "licence_title": "快递业务经营许可决定书",
        "decision_no": f"云邮管许〔{today.year}〕Z{place}号",
        "licence_kind": "普通",
        "certificate_title": "快递业务经营许可证",
        "licence_no": f"KD39{today.year}{place:04}",
        "licence_content": "省内快递业务",
        "determined_on": (today - _DAY).isoformat(),
        "valid_from": (today - _DAY).isoformat(),
        "valid_until": today.replace(year=today.year + 5, day=1).isoformat(),
        "body_name": source.name,
        "body_code": source.uscc,
        "provenance": "认定",
    }


DOINGS: dict[str, Doing] = {
    "register_couriers": register_couriers,
    "penalise_courier": penalise_courier,
    "carry": carry,
}
