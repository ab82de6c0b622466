"""The gates of collection and publicity: for each one row that meets it and one that just does not.

The numbers are those of the gates: N1 to N19 of what may not be collected, and the modes of disclosure.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from django.db import connection

from chengxin.access import facade as access
from chengxin.catalogue import facade as catalogue
from chengxin.database.contracts import Channel
from chengxin.intake import facade as intake
from chengxin.intake.clock_columns import as_filed_by
from chengxin.intake.contracts import Batch
from chengxin.intake.gate_columns import GateChecks
from chengxin.intake.issues import explain
from chengxin.intake.tests.conftest import NOW, SETUP, Office, open_office
from chengxin.kernel.refusal import Refused
from chengxin.records import gates
from chengxin.records.facade import COLLECT_CODES

USCC = "91390100MA0000015M"
BODY = {"body_name": "云汀市市场监督管理局", "body_code": USCC}
FIRM = {"subject_name": "云汀禾木商贸有限公司", "subject_kind": "法人及非法人组织", "uscc": USCC}
ADULT = {"subject_name": "林禾舟", "id_type": "身份证", "id_no": "390101199001010017"}
PERSON = {**ADULT, "subject_kind": "自然人"}
FOREIGNER = {**PERSON, "id_type": "护照号", "id_no": "EA1234567"}
DECISION = {
    "decision_no": "云市监处罚〔2026〕1号",
    "legal_basis": "广告法第五十五条",
    "determined_on": "2026-10-01",
    "notified_on": "2026-10-08",
    **BODY,
}
PENALTY = {
    "violation_kind": "虚假宣传",
    "violation_facts": "发布虚假广告",
    "penalty_kind": "罚款",
    "penalty_content": "罚款",
    **DECISION,
}
FINDING = {
    "decision_title": "提供虚假材料",
    "decision_facts": "提交虚假合同",
    "remedy_ended_on": "2026-11-22",
    **DECISION,
}
ARREARS = {
    "account_no": "H-1",
    "service": "水费",
    "bill_period": "2026年6月",
    "amount": "800",
    "due_on": "2026-07-01",
    "notified_on": "2026-08-01",
    "dispute_ended_on": "2026-09-01",
    "undisputed": "是",
    "hardship_excluded": "是",
    "determined_on": "2026-09-20",
    **BODY,
}
ACTIVITY = {
    "contract_no": "HT-1",
    "activity_kind": "贷款",
    "performance": "履约",
    "consent_on": "2026-09-01",
    "told_of_consequences": "是",
    "determined_on": "2026-10-01",
    "consent_no": "TY-1",
    **BODY,
}
HONOUR = {"honour_title": "身边好人", "determined_on": "2026-10-01", "consent_no": "TY-2", **BODY}
PROBED = {"decision_no": "云评〔2026〕1号", "determined_on": "2026-10-01", "notified_on": "2026-10-08", **BODY}
PROBE = """
code: probe
effective_on: 2025-01-01
title: [不利评价, Adverse evaluation]
summary: [试验。, A trial.]
national_class: 9
nature: adverse
subject_kinds: operators
sources: [market]
basis: [SZ/29]
categories: [evaluation]
row_key: [uscc, determined_on]
fields:
  - {block: operator}
  - {name: decision_no, title: [文号, No.], use: document_no, public: true}
  - {name: determined_on, title: [评价日期, Day], type: date, use: determined_on, required: true, public: true}
  - {name: notified_on, title: [告知日期, Told on], type: date, use: notified_on}
  - {name: provenance, title: [认定类别, Provenance], type: code, codes: provenance, use: provenance}
  - {block: source_body}
"""
OPERATOR = {name: FIRM[name] for name in ("subject_name", "uscc")}
ITEMS = (
    *(
        "penalty",
        "false_material",
        "utility_arrears",
        "financial_activity",
        "person_honour",
        "administrative_enforcement",
    ),
    *("judgment_debtor", "probe", "group.G21.dishonesty"),
)


@dataclass(frozen=True)
class Case:
    """One gate: a row that is fine, what makes it meet the gate, what comes close and does not, and the codes."""

    gate: str
    item: str
    row: dict[str, str]
    met: dict[str, str]
    missed: dict[str, str] = field(default_factory=dict)
    codes: frozenset[str] = frozenset()
    pack: str = "jiangsu"


COLLECT = [
    Case("N2 N8 consent", "financial_activity", {**ADULT, **ACTIVITY}, {"consent_no": ""}, {"consent_no": "TY-9"},
         frozenset({"CONSENT_NEEDED", "U-REQUIRED"})),
    Case("N5 summary, person", "penalty", {**PERSON, **PENALTY}, {"procedure": "简易程序"}, {"procedure": "普通程序"},
         frozenset({"NOT_ADVERSE"})),
    Case("N5 slight", "penalty", {**FIRM, **PENALTY}, {"slight_corrected": "是"}, {"slight_corrected": "否"},
         frozenset({"NOT_ADVERSE"})),
    Case("N6 pending", "penalty", {**FIRM, **PENALTY}, {"challenge": "正在复议或者诉讼"},
         {"challenge": "经复议或者诉讼维持"}, frozenset({"CHALLENGE_OPEN"})),
    Case("N6 last day of remedies", "false_material", {**FIRM, **FINDING}, {"remedy_ended_on": "2026-11-23"},
         {"remedy_ended_on": "2026-11-22"}, frozenset({"CHALLENGE_OPEN"})),
    Case("N6 must be over", "penalty", {**FIRM, **PENALTY}, {"challenge": ""}, {"challenge": "期满未提起"},
         frozenset({"CHALLENGE_OPEN"}), pack="zhejiang"),
    Case("N7 arrears", "utility_arrears", {**FIRM, **ARREARS}, {"provenance": "线索"}, {"provenance": "认定"},
         frozenset({"ARREARS_UNCONFIRMED"})),
    Case("N11 age unknown", "penalty", {**FOREIGNER, **PENALTY}, {}, {"birth_date": "1990-05-01"},
         frozenset({"BIRTH_DATE_MISSING"})),
    Case("N11 eighteenth birthday", "person_honour", {**ADULT, **HONOUR, "id_type": "护照号", "id_no": "EA1234567",
         "determined_on": "2026-11-23"}, {"birth_date": "2008-11-23"}, {"birth_date": "2008-11-22"},
         frozenset({"UNDER_18"})),
    Case("N12 act, resident", "penalty", {**PERSON, **PENALTY}, {"ended_act_on": "2008-01-01"},
         {"ended_act_on": "2008-01-02"}, frozenset({"U-MINOR-ACT"})),
    Case("N12 act, foreigner", "penalty", {**FOREIGNER, **PENALTY, "birth_date": "1990-01-01"},
         {"ended_act_on": "2008-01-01"}, {"ended_act_on": "2008-01-02"}, frozenset({"ACT_BEFORE_18"})),
    Case("N13 public security", "penalty", {**PERSON, **PENALTY},
         {"legal_basis": "《中华人民共和国治安管理处罚法》第五十一条"}, {"legal_basis": "《户口登记条例》第二十条"},
         frozenset({"SEALED_RECORD"})),
    Case("N13 in a finding", "false_material", {**FIRM, **FINDING}, {"legal_basis": "治安管理处罚法第二十三条"},
         {"legal_basis": "治安条例"}, frozenset({"SEALED_RECORD"})),
    Case("N14 veto", "person_honour", {**ADULT, **HONOUR}, {"declined": "是"}, {"declined": "否"},
         frozenset({"VETOED"})),
    Case("N19 no number", "penalty", {**PERSON, **PENALTY}, {"id_no": ""}, {}, frozenset({"U-ID-REQUIRED"})),
    Case("determined only", "group.G21.dishonesty", {**ADULT, **FINDING, "adverse_effect_basis": "造成事故"},
         {"provenance": "线索"}, {"provenance": "认定"}, frozenset({"NOT_DETERMINED_YET"})),
    Case("effective document", "probe", {**OPERATOR, **PROBED}, {"decision_no": ""},
         {"decision_no": "", "provenance": "线索"}, frozenset({"NO_EFFECTIVE_DOCUMENT"})),
]  # fmt: skip
PUBLISH = [
    Case("person", "penalty", {**PENALTY}, PERSON, FIRM, frozenset({"NOT_PUBLIC_BY_CATALOGUE"})),
    Case("person on a court's list", "judgment_debtor", {**DECISION, "enforcement_basis": "判1号", "duty": "付款",
         "conduct": "拒不履行"}, PERSON, FIRM, frozenset({"NOT_PUBLIC_BY_CATALOGUE"})),
    Case("person's finding", "administrative_enforcement", FINDING, PERSON, FIRM,
         frozenset({"NOT_PUBLIC_BY_CATALOGUE"})),
    Case("lead", "penalty", {**FIRM, **PENALTY}, {"provenance": "线索"}, {"provenance": "认定"},
         frozenset({"NOT_DETERMINED"})),
    Case("tip", "penalty", {**FIRM, **PENALTY}, {"provenance": "举报"}, {"provenance": ""},
         frozenset({"NOT_DETERMINED"})),
    Case("warning alone", "penalty", {**FIRM, **PENALTY, "severity": "一般"}, {"penalty_kind": "警告"},
         {"penalty_kind": "警告；罚款"}, frozenset({"WARNING_ONLY"})),
    Case("summary", "penalty", {**FIRM, **PENALTY, "severity": "一般"}, {"procedure": "简易程序"},
         {"procedure": "听证程序"}, frozenset({"SUMMARY_PROCEDURE"})),
    Case("minor", "penalty", {**FIRM, **PENALTY}, {"severity": "轻微"}, {"severity": "一般"},
         frozenset({"MINOR_NOT_PUBLISHED"})),
    Case("notice", "penalty", {**FIRM, **PENALTY}, {"notified_on": ""}, {"notified_on": "2026-11-23"}, frozenset({""})),
    Case("notice of an evaluation", "probe", {**OPERATOR, **PROBED}, {"notified_on": ""}, {}, frozenset({""})),
]  # fmt: skip


@pytest.fixture
def office(market: Office, tmp_path: Path) -> Iterator[Office]:
    """Give the market regulator the right to file every item of the table, one of them never seen before."""
    folder = tmp_path / "items"
    folder.mkdir()
    (folder / "probe.yaml").write_text(PROBE, "utf-8")
    catalogue.register_folder(folder)
    try:
        catalogue.load(now=NOW)
        pairs = [(market.body, item) for item in ITEMS if item != "penalty"]
        access.give_source_rights(pairs, actor=SETUP, now=NOW, starts_on=date(2020, 1, 1))
        yield market
    finally:
        catalogue.unregister_folder(folder)


def sheet(item_code: str, *rows: dict[str, str]) -> bytes:
    """Write rows of field names as the sheet of an item."""
    item = catalogue.get_item(item_code, on=NOW.date())
    names = [one.name for one in item.fields if any(one.name in row for row in rows)]
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow([item.field(name).title.zh for name in names])
    writer.writerows([row.get(name, "") for name in names] for row in rows)
    return target.getvalue().encode()


def codes(batch: Batch, office: Office) -> set[str]:
    with access.acting_for(office.clerk, channel=Channel.INTAKE, purpose="filing"):
        return {code for _row, _field, code in intake.list_questioned(batch.id)}


Codes = dict[str, object]


@pytest.mark.clause("P3.3b")
@pytest.mark.clause("P1")
def test_a_row_that_meets_a_gate_of_collection_is_questioned_and_one_that_just_does_not_is_taken(
    office: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch], settings: Any
) -> None:
    questioned: Codes = {}
    taken: Codes = {}
    for case in COLLECT:
        settings.LAW_PACK = case.pack
        met = hand_in(sheet(case.item, case.row | case.met), office, item=case.item)
        questioned[case.gate] = (met.rows, met.good, codes(met, office))
        missed = hand_in(sheet(case.item, case.row | case.missed | {"remark": case.gate}), office, item=case.item)
        done = accept(missed.id, office)
        taken[case.gate] = (codes(missed, office), done.accepted + done.corrected)
    assert questioned == {case.gate: (1, 0, set(case.codes)) for case in COLLECT}
    assert taken == {case.gate: (set(), 1) for case in COLLECT}


@pytest.mark.clause("P4.3b")
def test_an_accepted_row_that_meets_a_gate_of_publicity_stays_in_and_one_that_just_does_not_is_published(
    office: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch]
) -> None:
    kept: Codes = {}
    shown: Codes = {}
    for number, case in enumerate(PUBLISH, 1):
        row = case.row | {"decision_no": f"云市监处罚〔2026〕{number}号", "remark": case.gate}
        barred = accept(hand_in(sheet(case.item, row | case.met), office, item=case.item).id, office)
        kept[case.gate] = (barred.accepted + barred.corrected, barred.published, bar_of(barred, office))
        near = accept(hand_in(sheet(case.item, row | case.missed), office, item=case.item).id, office)
        shown[case.gate] = (near.published, bar_of(near, office))
    assert kept == {case.gate: (1, 0, *case.codes) for case in PUBLISH}
    assert shown == {case.gate: (1, "") for case in PUBLISH}


def bar_of(batch: Batch, office: Office) -> str:
    with access.acting_for(office.clerk, channel=Channel.INTAKE, purpose="filing"), connection.cursor() as cursor:
        cursor.execute("select not_public_because from records_version where batch_id = %s", [batch.id])
        (found,) = cursor.fetchall()
    return str(found[0])


def test_n1_n3_n4_n9_n15_a_column_outside_the_catalogue_refuses_the_file(
    market: Office, hand_in: Callable[..., Batch]
) -> None:
    heads, row = sheet("penalty", FIRM | PENALTY).decode().splitlines()
    for heading in ("宗教信仰", "血型", "信用分", "配偶姓名", "行踪轨迹", "人脸照片"):
        with pytest.raises(Refused) as refused:
            hand_in(f"{heads},{heading}\n{row},无\n".encode(), market)
        assert refused.value.refusal.code == "H-UNKNOWN"
    assert hand_in(f"{heads},序号\n{row},1\n".encode(), market).good == 1


def test_n18_a_body_without_the_power_collects_nothing(market: Office, hand_in: Callable[..., Batch]) -> None:
    other = open_office("YTHB", "云汀市生态环境局", "92390101MA00000151", "390100", ("licence",))
    with pytest.raises(Refused):
        hand_in(sheet("penalty", FIRM | PENALTY), other)
    assert hand_in(sheet("penalty", FIRM | PENALTY), market).good == 1


def test_what_the_catalogue_does_not_name_public_is_not_published(
    office: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch]
) -> None:
    done = accept(hand_in(sheet("utility_arrears", FIRM | ARREARS), office, item="utility_arrears").id, office)
    assert (done.accepted, done.published, bar_of(done, office)) == (1, 0, "NOT_PUBLIC_BY_CATALOGUE")


def test_n5_the_summary_penalty_of_a_firm_is_collected_and_not_published(
    market: Office, hand_in: Callable[..., Batch], accept: Callable[..., Batch]
) -> None:
    done = accept(hand_in(sheet("penalty", FIRM | PENALTY | {"procedure": "简易程序"}), market).id, market)
    assert (done.accepted, done.published, bar_of(done, market)) == (1, 0, "SUMMARY_PROCEDURE")


def test_every_code_of_the_gates_is_known_and_said_in_both_languages_with_the_articles_of_the_gate() -> None:
    source = Path(gates.__file__).read_text() + Path(gates.__file__).with_name("publicity_gates.py").read_text()
    collecting = source.partition('@gate("gate.publish"')[0]
    assert set(re.findall(r'code="([A-Z0-9_]+)"', collecting)) == set(COLLECT_CODES)
    item = catalogue.get_item("penalty", on=NOW.date())
    for code in COLLECT_CODES:
        said = [explain(2, "decision_no", code, item=item, language=language) for language in ("zh", "en")]
        assert said[0].what != said[1].what != code
        assert all(one.next_step and one.basis for one in said)


def test_the_clerk_reads_the_code_the_article_and_what_to_do(office: Office, hand_in: Callable[..., Batch]) -> None:
    from chengxin.intake.tests.test_pages import sign_in

    batch = hand_in(sheet("person_honour", {**ADULT, **HONOUR, "declined": "是"}), office, item="person_honour")
    page = sign_in("ytsj-clerk").get(f"/dept/batches/{batch.id}/questioned").content.decode()
    for told in ("本人不同意记录这项守信信息", "请删去这一行（VETOED）", "深圳经济特区社会信用条例》第39条"):
        assert told in page


def test_the_gates_are_asked_once_per_distinct_combination(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[gates.CollectFacts] = []

    def counted(facts: gates.CollectFacts, **words: Any) -> Any:
        asked.append(facts)
        return gates.why_not_collect(facts, **words)

    monkeypatch.setattr("chengxin.intake.gate_columns.why_not_collect", counted)
    item = catalogue.get_item("penalty", on=NOW.date())
    checks = GateChecks(item, {one.name for one in item.fields}, on=NOW.date(), pack="jiangsu")
    frame = pl.DataFrame({"@kind": ["legal_person", "natural_person"] * 5000})
    empty = {one.name: pl.Date if one.type == "date" else pl.String for one in item.fields}
    frame = frame.with_columns(
        pl.lit("resident_id").alias("@id_type"),
        *(pl.lit(None, dtype=dtype).alias(name) for name, dtype in empty.items() if name != "procedure"),
        pl.lit("summary").alias("procedure"),
    )
    for _block in range(3):
        found = checks.add_columns(frame)["@gate"]
    assert found.to_list() == [None, "NOT_ADVERSE"] * 5000
    assert len(asked) == 2


def test_a_penalty_of_market_regulation_has_the_clock_of_market_regulation(market: Office) -> None:
    item = catalogue.get_item("penalty", on=NOW.date())
    other = open_office("YTHB", "云汀市生态环境局", "92390101MA00000151", "390100", ("penalty",), kind="environment")
    assert as_filed_by(item, market.body).clocks.publicity == "publicity.market_penalty"
    assert as_filed_by(item, other.body) is item
