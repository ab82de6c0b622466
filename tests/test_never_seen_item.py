"""A kind of fact nobody has seen before is one YAML file: it goes the whole way from the loader to every way out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from chengxin.archives.tests.conftest import citizen, sign_in
from chengxin.catalogue import facade as catalogue
from chengxin.intake.tests.conftest import NOW, Office, ground, open_office
from chengxin.kernel.clock import simulated

__all__ = ["ground"]
BODY = "91390100MA0000015M"
FIRM = "91390100MA0000015M"
ITEM = """
code: closed_season_fishing
effective_on: 2025-01-01
title: [禁渔期捕捞认定, Fishing in the closed season]
summary: [渔政认定的禁渔期捕捞行为。, Fishing in the closed season as found by the fishery authority.]
national_class: 10
nature: adverse
subject_kinds: all
sources: [agriculture]
basis: [ZJ/11]
row_key: [decision_no, subject_name]
row_categories:
  - {category: public_security, field: legal_basis, contains: 治安管理处罚法}
orders: [{earlier: determined_on, later: notified_on, code: U-DATE-NOTICE}]
gates:
  - field: weighed
    equals: "true"
    code: U-WEIGHED
    message: [渔获没有称重的不归集。, Nothing unweighed is collected.]
    basis: [ZJ/11]
fields:
  - {block: any_subject}
  - {block: adverse_decision}
  - name: gear
    title: [渔具, Gear]
    type: code
    required: true
    public: true
    codes: [{value: trawl, label: [拖网, Trawl]}, {value: line, label: [钓具, Line]}]
  - {name: catch, title: [渔获（公斤）, Catch (kg)], type: decimal, required: true, public: true}
  - {name: weighed, title: [已称重, Weighed], type: code, codes: yes_no, required: true}
  - {block: notice_and_source}
  - {block: source_body}
"""
DECISION = {
    "失信行为": "禁渔期捕捞",
    "认定文书文号": "云渔罚〔2026〕7号",
    "认定事实": "禁渔期使用拖网",
    "认定依据": "渔业法",
    "认定日期": "2026-08-03",
    "严重程度": "一般",
    "救济期届满日期": "2026-10-20",
    "渔具": "拖网",
    "渔获（公斤）": "12.5",
    "已称重": "是",
    "送达日期": "2026-08-05",
    "认定单位": "云汀市农业农村局",
    "认定单位统一社会信用代码": BODY,
}
ROWS = [
    {**DECISION, "主体名称": "云汀禾木商贸有限公司", "主体类别": "法人及非法人组织", "统一社会信用代码": FIRM},
    {
        **DECISION,
        "主体名称": "林禾舟",
        "主体类别": "自然人",
        "证件类型": "身份证",
        "证件号码": "390101199001010017",
        "救济期届满日期": "2026-11-30",
        "渔具": "炸药",
        "已称重": "否",
    },
]


@pytest.fixture
def fishery(tmp_path: Path, settings: Any, ground: None) -> Iterator[Office]:
    """Add the file as an installation does, publish the catalogue, and give a department the right to file it."""
    folder = tmp_path / "catalogue"
    folder.mkdir()
    (folder / "fishing.yaml").write_text(ITEM, "utf-8")
    settings.CATALOGUE_FOLDERS = [folder]
    assert catalogue.load(now=NOW).added == 1
    assert catalogue.check_items() == ()
    with simulated(NOW):
        yield open_office("YTNY", "云汀市农业农村局", BODY, "390100", ("closed_season_fishing",))


@pytest.mark.clause("P3.3b")
@pytest.mark.clause("P3.3a")
def test_an_item_of_one_yaml_file_goes_from_the_template_to_every_way_out(fishery: Office, client: Client) -> None:
    clerk, approver = sign_in("ytny-clerk"), sign_in("ytny-approver")
    batch = hand_in(clerk, filled(clerk.get("/catalogue/closed_season_fishing/template.csv").content))
    questioned(clerk, batch)
    clerk.post(f"{batch}/submit")
    assert clerk.post(f"{batch}/decide", {"verb": "approve"}).status_code == 422
    assert "已入库" in approver.post(f"{batch}/decide", {"verb": "approve"}, follow=True).content.decode()
    shown_to_the_public(client)
    shown_to_its_subject()
    shown_as_an_item(client)


def filled(template: bytes) -> bytes:
    """Fill the downloaded template in by its own headings."""
    (headings,) = csv.reader(io.StringIO(template.decode("utf-8-sig")))
    assert [heading for row in ROWS for heading in row if heading not in headings] == []
    target = io.StringIO()
    writer = csv.DictWriter(target, headings)
    writer.writeheader()
    writer.writerows(ROWS)
    return target.getvalue().encode("gb18030")


def hand_in(clerk: Client, content: bytes) -> str:
    file = SimpleUploadedFile("禁渔.csv", content)
    reply = clerk.post("/dept/upload", {"item": "closed_season_fishing", "file": file})
    assert reply.status_code == 302, reply.content.decode()
    return str(reply["Location"])


def questioned(clerk: Client, batch: str) -> None:
    """See what the row of the person breaks: a code list, a gate of the item, a gate of law; and put it right."""
    page = clerk.get(f"{batch}/questioned").content.decode()
    for told in (
        "U-CODE",
        "渔获没有称重的不归集。",
        "U-WEIGHED",
        "CHALLENGE_OPEN",
        "浙江省公共信用信息管理条例》第11条",
    ):
        assert told in page
    for cell, text in (("gear", "拖网"), ("weighed", "是"), ("remedy_ended_on", "2026-10-20")):
        reply = clerk.post(f"{batch}/questioned", {"row": 3, "field": cell, "text": text, "act": "fix"})
        assert reply.status_code == 302
    assert "每一行都通过了检查" in clerk.get(f"{batch}/questioned").content.decode()


def shown_to_the_public(client: Client) -> None:
    listed = client.get("/publicity/closed_season_fishing").content.decode()
    firm = client.get(f"/subjects/{FIRM}").content.decode()
    for page in (listed, firm, client.get("/search?q=云渔罚").content.decode()):
        assert "云渔罚〔2026〕7号" in page
        assert "林禾舟" not in page
        assert not re.search("39010119900101", page)
    assert "禁渔期捕捞" in firm
    (line,) = client.get(f"/api/v1/public/subjects/{FIRM}").json()["lines"]
    assert line["item_code"] == "closed_season_fishing"


def shown_to_its_subject() -> None:
    citizen("lin", "390101199001010017")
    archive = sign_in("lin").get("/api/v1/me/archive").json()
    (line,) = archive["lines"]
    assert (archive["name"], line["item_code"], line["is_adverse"]) == ("林禾舟", "closed_season_fishing", True)
    assert "拖网" in str(line)


def shown_as_an_item(client: Client) -> None:
    page = client.get("/catalogue/closed_season_fishing").content.decode()
    assert "渔获没有称重的不归集。" in page
    assert "“认定依据”写有“治安管理处罚法”的" in page
    schema = client.get("/catalogue/closed_season_fishing/schema.json").json()
    assert schema["properties"]["gear"]["enum"] == ["trawl", "拖网", "line", "钓具"]
    assert schema["x-row-categories"] == [
        {"category": "public_security", "field": "legal_basis", "contains": "治安管理处罚法"}
    ]
