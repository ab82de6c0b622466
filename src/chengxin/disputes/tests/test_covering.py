"""What a consumer's picture shows: to the shop the part that was chosen, to the authority more by a step both read."""

from __future__ import annotations

import pytest

from chengxin.access.tests.cast import sign_in
from chengxin.casework import facade as casework
from chengxin.complaints import facade as tips
from chengxin.complaints.tests.pictures import BLUE, RED, picture, read
from chengxin.disputes import facade
from chengxin.disputes.contracts import Told
from chengxin.disputes.tests.conftest import TEXT, WHO, Town
from chengxin.intake.tests.conftest import NOW
from chengxin.kernel.refusal import Refused
from chengxin.objections.tests.conftest import Photo

GREY = (112, 118, 128)


@pytest.mark.clause("E5.4b")
def test_shop_and_authority_see_what_the_consumer_shows_and_a_look_below_is_a_step_that_all_read(town: Town) -> None:
    kept = casework.keep_papers(tips.bare([Photo(picture())]))
    told = Told(shop_id=town.shop.id, matter="quality", asks="refund", text=TEXT, order="YT001", contact=WHO)
    code = facade.receive(told, papers=kept, now=NOW).code
    found = facade.get_by_code(code)
    paper = found.entries[1].digest
    address = f"/biz/complaints/{found.id}/papers/{paper}"
    for who in ("firm", "shop-clerk"):
        assert sign_in(who).post(address).status_code == 422
    facade.show_by_code(code, paper, wish="cells", cells=[4], now=NOW)
    assert [one.shown for one in facade.get_by_code(code).entries] == ["", "4x8:4"]
    seen = sign_in("firm").post(address)
    assert seen["Content-Type"] == "image/png"
    assert [read(seen.content).getpixel(place) for place in ((5, 5), (5, 25), (5, 100))] == [GREY, RED, GREY]
    below = {"press": "uncover", "reasons": "核对型号。"}
    assert [sign_in(who).post(address, below).status_code for who in ("firm", "shop-clerk", "xy-first")] == [
        422,
        422,
        404,
    ]
    facade.act_by_code(code, verb="go_up", now=NOW)
    officer, case = sign_in("sj-officer"), f"/dept/cases/{found.case.id}"
    page = officer.get(case).content.decode()
    assert ('value="accept"' in page, 'value="uncover"' in page) == (True, False)
    there = officer.post(f"{case}/steps", {"verb": "uncover", "reasons": "看了没有看。"})
    assert (there.status_code, "CASE-OWN-PAGE" in there.content.decode()) == (422, True)
    assert officer.post(address, below | {"reasons": ""}).status_code == 422
    assert "核对型号" not in str(facade.course_by_code(code, now=NOW)[0])
    whole = read(officer.post(address, below).content)
    assert (whole.getpixel((5, 5)), whole.getpixel((5, 100))) == (RED, BLUE)
    steps, _deadlines = facade.course_by_code(code, now=NOW)
    assert [(step.verb, step.reasons) for step in steps][-1] == ("uncover", "核对型号。")
    words = facade.get_by_code(code).entries[0].digest
    with pytest.raises(Refused, match="ABSENT"):
        facade.uncover(town.regulator, found.id, words, reasons="看文字。", now=NOW)
