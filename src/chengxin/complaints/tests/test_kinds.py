"""Kinds of tips about trade: what helps as evidence, one extension of the clock, and never a chat."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from chengxin.access import facade as access
from chengxin.casework import facade as casework
from chengxin.casework.contracts import CARD
from chengxin.complaints import facade, models
from chengxin.complaints.actions import HANDLING, RECEPTION
from chengxin.complaints.contracts import Told
from chengxin.complaints.rules import why_not_told
from chengxin.complaints.tests.conftest import LATER
from chengxin.database.contracts import Channel
from chengxin.disputes.rules import why_not_said
from chengxin.intake.tests.conftest import NOW
from chengxin.kernel.actor import Actor
from chengxin.kernel.refusal import Refused
from chengxin.objections.tests.conftest import Photo

TRADE = ("banned", "listing", "ip", "brushing", "price")
TEXT = "店铺S-6标的原价299元从来没有卖过，11月20日截图在后面。"
SAID = ("在吗", "在", "多少钱", "九十")
EXPORTS = tuple(
    "\n".join(line.format(place=place, text=text) for place, text in enumerate(SAID, start=1))
    for line in (
        "云舟 2026-11-20 20:1{place}:33\n{text}\n",
        "2026/11/20 20:1{place} - 禾木: {text}",
        "[20:1{place}, 20/11/2026] He: {text}",
        "2026年11月20日 下午8:1{place} 云舟\n{text}",
    )
)
# Who opens a connection of this machine to another; a new one is a decision, written here.
WAYS_OUT = {
    "chengxin/audit/keyserver.py",
    "chengxin/crypto/client.py",
    "chengxin/demo/telling.py",
    "chengxin/demo/visitor.py",
    "chengxin/jobs/webhooks.py",
    "chengxin/site/screening.py",  # It waits for requests and asks nobody.
    "chengxin_subscriber/client.py",
    "chengxin_subscriber/listening.py",
    "chengxin_witness/main.py",
}
OPENS = re.compile(
    r"^\s*(?:import|from) (?:socket|ssl|urllib\.request|http\.client|smtplib|ftplib|imaplib|telnetlib|asyncio|httpx?"
    r"|httpcore|urllib3|requests|aiohttp|websockets?|selenium|scrapy|pyppeteer)\b",
    re.MULTILINE,
)
MESSENGERS = re.compile(
    r"wechaty|itchat|wxpy|telethon|pyrogram|whatsapp|weixin\.qq\.com|api\.telegram|dingtalk\.com", re.IGNORECASE
)


@pytest.mark.clause("E5.3c")
def test_five_kinds_of_tips_on_trade_say_what_helps_and_have_fifteen_working_days_and_once_fifteen_more(
    offices: dict[str, Actor],
) -> None:
    page = Client().get("/report-lead").content.decode()
    for code in TRADE:
        kind = facade.tip_types()[code]
        assert kind.title.zh in page
        asked = Client().get(f"/report-lead?type={code}").content.decode()
        assert [one.zh for one in kind.asks if one.zh not in asked] == []
        assert "举报本身不改变店铺的任何信息" in asked
    facade.receive("price", Told(text=TEXT), papers=(), now=NOW)
    province = offices["province"]
    (tip,) = facade.list_of_office(province)
    assert (tip.kind, tip.due_on) == ("price", date(2026, 12, 14))
    facade.answer(province, tip.id, text="开始核查。", verb="check", reasons="", now=LATER)
    facade.answer(province, tip.id, text="要向厂家核实，延长一次。", verb="extend", reasons="等厂家答复。", now=LATER)
    (tip,) = facade.list_of_office(province)
    assert (tip.state, tip.due_on) == ("more", date(2027, 1, 5))
    with pytest.raises(Refused):
        facade.answer(province, tip.id, text="再延长。", verb="extend", reasons="还要等。", now=LATER)
    facade.answer(province, tip.id, text="查实。", verb="find", reasons="厂家答复没有卖过。", now=LATER)
    assert facade.get_of_office(province, tip.id).state == "founded"


@pytest.mark.clause("E5.4b")
def test_no_chat_is_taken_as_text_or_as_a_file_and_the_page_says_what_is_never_done(offices: dict[str, Actor]) -> None:
    page = Client().get("/report-lead?type=social").content.decode()
    for said in ("不读取、不抓取、不分析任何人的私聊", "当事人自己交来的凭证", "有文号的正式调取"):
        assert said in page, said
    for text in EXPORTS:
        with pytest.raises(Refused) as refused:
            facade.receive("social", Told(text=f"他这样说：\n{text}"), papers=(), now=NOW)
        assert refused.value.refusal.code == "TIP-CHAT", text
        assert Client().post("/report-lead?type=social", {"text": text}).status_code == 422
    for file in (
        EXPORTS[0].encode(),
        b"<html><body>chat</body></html>",
        b"PK\x03\x04msg",
        b"SQLite format 3\x00",
        b"{}",
    ):
        with pytest.raises(Refused):
            casework.keep_papers([Photo(file)])
    card = "钱从 6200 0000 0000 0005 付的。"
    with pytest.raises(Refused, match="TIP-CARD"):
        facade.receive("social", Told(text=card), papers=(), now=NOW)
    assert facade.list_of_office(offices["province"]) == []
    received = facade.receive("social", Told(text="2026-11-20 20:14 我付了59元，20:30 他说发货。"), papers=(), now=NOW)
    with pytest.raises(Refused, match="TIP-CHAT"):
        facade.add_by_code(received.code, text=EXPORTS[1], papers=(), now=NOW)
    with access.acting_for(RECEPTION, channel=Channel.JOB, purpose=HANDLING):
        assert models.Entry.objects.count() == 1
    assert (why_not_said(card), why_not_said("钱从尾号0005的卡付的。")) == (CARD, None)
    assert why_not_told("\n".join(f"2026-11-{day:02} 付款{day}元" for day in range(1, 20))) is None


@pytest.mark.clause("E5.4b")
def test_nothing_here_connects_to_a_messenger_and_every_way_out_is_named() -> None:
    source = Path(__file__).parents[3]
    opening, messengers = set(), set()
    for file in sorted(source.glob("chengxin*/**/*.py")):
        name = file.relative_to(source).as_posix()
        if "/tests/" in name:
            continue
        text = file.read_text("utf-8")
        if OPENS.search(text):
            opening.add(name)
        if MESSENGERS.search(text):
            messengers.add(name)
    assert opening == WAYS_OUT
    assert messengers == set()
