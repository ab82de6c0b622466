"""The pages of both sides, without a line of JavaScript: what each sees, and what nobody else sees."""

from __future__ import annotations

import orjson
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from chengxin.access import facade as access
from chengxin.archives import facade as archives
from chengxin.archives.tests.conftest import sign_in
from chengxin.archives.tests.programs import Program
from chengxin.audit import facade as audit
from chengxin.database.contracts import Channel
from chengxin.intake.tests.conftest import NOW, Office
from chengxin.jobs import facade as jobs
from chengxin.jobs.tests.conftest import log_in_as_worker
from chengxin.kernel.actor import Actor
from chengxin.objections.tests.conftest import PNG, citizen, decide, object_to, record_of

FIRM_PAGE = "/subjects/91390100MA0000015M"


def photo(name: str = "paper.png", content: bytes = PNG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def objecting(client: Client, actor: Actor, **given: object):
    told = {"ground": "not_me", "words": "同名的人，不是我。", "papers": [photo()]} | given
    return client.post(f"/me/objections/new/{record_of(actor).record_id}", told)


@pytest.mark.clause("P4.3a")
def test_from_the_line_to_the_receipt_is_one_form(lin: Actor, market: Office) -> None:
    client = sign_in("lin")
    address = f"/me/objections/new/{record_of(lin).record_id}"
    assert f'href="{address}"' in client.get("/me").content.decode()
    form = client.get(address).content.decode()
    assert "<script>" not in form
    assert "云汀市市场监督管理局" in form
    answer = objecting(client, lin)
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    for said in (
        "异议已经提交",
        "来源单位核查中",
        "2026年12月2日",
        "7个工作日",
        "同名的人，不是我。",
        "云汀市市场监督管理局",
    ):
        assert said in page
    assert "有异议" in client.get("/me").content.decode()
    assert client.get(address).status_code == 302, "the line leads to its open case"


@pytest.mark.clause("P4.3a")
def test_redline_14_the_mark_is_in_every_outlet_at_once(boss: Actor, shop: Program) -> None:
    before = [Client().get(FIRM_PAGE).content.decode(), Client().get("/search?q=91390100MA0000015M").content.decode()]
    assert not any("有异议</" in page for page in before)
    object_to(boss)
    assert "有异议</" in Client().get(FIRM_PAGE).content.decode()
    told = orjson.loads(Client().get(f"/api/v1/public{FIRM_PAGE}").content)
    assert [line["has_objection"] for line in told["lines"]] == [True]
    assert [line.has_objection for line in archives.own_archive(boss, now=NOW).lines] == [True]
    code = archives.make_report(boss, now=NOW, address_of=lambda code: f"https://example.test/verify/{code}")
    content = archives.open_report(boss, code, now=NOW).content.decode()
    assert "有异议，正在处理" in content


def test_what_is_no_paper_is_refused_and_the_words_stay(lin: Actor) -> None:
    client = sign_in("lin")
    answer = objecting(client, lin, papers=[photo("virus.exe", b"MZ\x90\x00")])
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "同名的人，不是我。" in page
    assert "CASE-PAPER" in page
    assert record_of(lin).marks == ()


def test_nobody_sees_or_moves_the_case_of_another(lin: Actor, market: Office) -> None:
    case = object_to(lin)
    citizen("wang", "390202198506151023")
    stranger = sign_in("wang")
    assert stranger.get(f"/me/objections/{case.number}").status_code == 404
    assert stranger.post(f"/me/objections/{case.number}", {"act": "take_back"}).status_code == 404
    assert stranger.get(f"/me/objections/new/{record_of(lin).record_id}").status_code == 404
    assert Client().get("/me/objections").status_code == 401
    assert sign_in("wang").get(f"/office/cases/{case.id}/content").status_code == 403
    assert len(record_of(lin).marks) == 1


def test_the_handler_reads_both_sides_and_the_subject_sees_the_look(lin: Actor, market: Office) -> None:
    case = object_to(lin)
    client = sign_in("ytsj-clerk")
    page = client.get(f"/office/cases/{case.id}").content.decode()
    assert "看双方材料" in page
    assert "不是我的" not in page, "the words are opened only by asking for them"
    content = client.get(f"/office/cases/{case.id}/content").content.decode()
    assert "罚款是同名的人的，不是我的。" in content
    assert "云市监处罚〔2026〕3号" in content
    assert "390101199001010017" not in content
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"):
        (look,) = [one for one in audit.list_looks(lin.subject_id, limit=20) if one.purpose == "objection" and one.body]
    assert (look.body, look.kind) == (market.body, "disclose")


def test_a_paper_is_opened_by_asking_and_counts_as_read(lin: Actor, market: Office) -> None:
    case = object_to(lin)
    client = sign_in("ytsj-clerk")
    page = client.get(f"/dept/cases/{case.id}").content.decode()
    assert "还没有看" in page
    digest = page.split(f"/dept/cases/{case.id}/papers/")[1][:32]
    assert client.get(f"/dept/cases/{case.id}/papers/{digest}").status_code == 405, (
        "a link that is fetched ahead opens nothing"
    )
    answer = client.post(f"/dept/cases/{case.id}/papers/{digest}")
    assert (answer.status_code, answer["Content-Type"], answer.content[:8]) == (200, "image/png", PNG[:8])
    assert "已看过" in client.get(f"/dept/cases/{case.id}").content.decode()
    assert sign_in("lin").post(f"/me/cases/{case.id}/papers/{digest}").content == answer.content
    assert client.post(f"/dept/cases/{case.id}/papers/{'0' * 32}").status_code == 404


def test_the_source_corrects_in_a_form_and_the_second_person_decides(lin: Actor, market: Office) -> None:
    case = object_to(lin, papers=0)
    clerk = sign_in("ytsj-clerk")
    address = f"/office/cases/{case.id}/correct"
    form = clerk.get(address).content.decode()
    assert 'name="f_violation_facts"' in form
    assert 'name="f_decision_no"' not in form, "what tells a line from others is no correction"
    fields = {"reasons": "核对决定书原件，事实写错。", "verb": "propose_correct"} | values_of(form)
    assert clerk.post(address, fields).status_code == 422, "nothing was changed"
    answer = clerk.post(address, fields | {"f_violation_facts": "广告与实际不符"})
    assert answer.status_code == 302
    approver = sign_in("ytsj-approver")
    assert "看拟更正的内容" in approver.get(f"/office/cases/{case.id}/content").content.decode()
    done = approver.post(f"/dept/cases/{case.id}/steps", {"verb": "correct", "reasons": "原件与更正一致。"})
    assert done.status_code == 302
    assert (record_of(lin).version, record_of(lin).marks) == (2, ())
    page = sign_in("lin").get(f"/me/objections/{case.number}").content.decode()
    assert "已更正" in page
    assert "原件与更正一致。" in page


def values_of(form: str) -> dict[str, str]:
    """Return what a form's fields hold, as a browser would send them."""
    import re
    from html import unescape

    found = dict(re.findall(r'<input type="(?:text|date)" name="(f_\w+)" value="([^"]*)"', form))
    found |= dict(re.findall(r'<textarea name="(f_\w+)"[^>]*>\s*([^<]*)</textarea>', form))
    for name, options in re.findall(r'<select name="(f_\w+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        found[name] = next(iter(re.findall(r'value="([^"]*)" selected', options)), "")
    return {name: unescape(value).strip("\n") for name, value in found.items()}


@pytest.mark.clause("P4.3a")
@pytest.mark.django_db(transaction=True)
def test_who_received_the_line_is_told_and_its_receipt_is_listed_on_the_case(
    boss: Actor, market: Office, shop: Program
) -> None:
    shop.get(f"/api/v1/public{FIRM_PAGE}")
    case = object_to(boss, papers=0)
    decide(case, "remove", market.clerk, market.approver)
    with log_in_as_worker():
        assert jobs.deliver_due(now=NOW).dead == 0
    owed = shop.get("/api/v1/outbox").json()
    changes = {one["payload"]["change"]: one["id"] for one in owed}
    assert changes.keys() == {"objection", "lifted", "withdrawn"}
    assert shop.answer(changes["withdrawn"], "deleted").status_code == 200
    page = sign_in("boss").get(f"/me/objections/{case.number}").content.decode()
    assert "已经撤回" in page
    assert "已经删除" in page
    assert "等待回执" in page
