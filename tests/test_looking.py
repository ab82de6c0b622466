"""The look at a page sees what it is for: each fault is put into a sound page and found."""

from __future__ import annotations

import pytest
from tests.looking import problems_in
from tests.walking import Shown

pytestmark = pytest.mark.browser
SOUND = """<!doctype html><html lang="zh-Hans">
<head><meta name="viewport" content="width=device-width"><title>办件</title>
<link rel="stylesheet" href="/static/ui/ui.css">
</head><body><a class="skip" href="#main">跳到正文</a>
<header><nav class="bar" aria-label="菜单"><a href="/a">首页</a></nav></header>
<main id="main" tabindex="-1"><h1>办件</h1><p class="p">一切都好。</p>
<form method="post"><label for="day">哪一天</label><input type="date" id="day" class="control">
<button class="button">提交</button></form>
<details class="details"><summary>更多</summary><p class="details__body">里面的话</p></details>
</main></body></html>"""
WORDS = {
    "办件": "A case",
    "跳到正文": "Skip",
    "菜单": "Menu",
    "首页": "Home",
    "一切都好。": "All is well.",
    "哪一天": "Day",
}
WORDS |= {"提交": "Send", "更多": "More", "里面的话": "Words inside", 'lang="zh-Hans"': 'lang="en"'}


def problems(browser_page, stands: str, instead: str, *, language: str = "zh") -> list[str]:
    english = SOUND
    for chinese, other in WORDS.items():
        english = english.replace(chinese, other)
    texts = {"zh": SOUND, "en": english}
    assert stands in texts[language]
    texts[language] = texts[language].replace(stands, instead, 1)
    return problems_in(browser_page(), Shown(address="/x", template="x.html", texts=texts))


def test_nothing_is_wrong_with_a_sound_page(browser_page):
    assert problems(browser_page, "一切都好", "一切都好") == []


@pytest.mark.parametrize(
    ("stands", "instead", "fault"),
    [
        ('<label for="day">哪一天</label>', "", "label: "),
        ('<p class="p">', '<p class="p" style="width:400px">', "the page is "),
        ('<button class="button">', '<button class="button" style="min-height:20px;height:30px">', "less than 44 px: "),
        ('<p class="p">', '<p class="p" style="font-size:12px">', "text under 16 px: "),
        ("<button ", '<button tabindex="-1" ', "not reached by keyboard: <button"),
        ("<button ", '<button style="outline:none" ', "focus not to be seen: <button"),
        ('<a class="skip" href="#main">跳到正文</a>', "", "the first stop is no skip link: "),
        ("</h1>", '</h1><p style="display:block!important" class="tabs">在这里</p>', "on paper: <p"),
        ('<p class="p">', '<p class="p crumbs">', "not on paper: <p"),
        ('<p class="details__body">', '<p class="details__body" style="display:none">', "folded on paper: "),
        ('<p class="p">', '<p class="p" style="height:20px;overflow:hidden">', "cut at 200 %: "),
        ('<p class="p">', '<p class="p" style="margin-top:-40px">', "one upon another at 200 %: "),
        ('<p class="p">', '<p class="p" style="min-width:40rem">', "at 200 % the page is "),
        ("一切都好。", "This was never said in Chinese at all.", "English in Chinese: "),
    ],
)
def test_a_fault_put_into_a_page_is_found(browser_page, stands, instead, fault):
    found = problems(browser_page, stands, instead)
    assert any(one.startswith(fault) for one in found), found


def test_chinese_left_in_an_english_page_is_found(browser_page):
    found = problems(browser_page, "Send", "提交", language="en")
    assert found == ["Chinese in English <button>: 提交"]
