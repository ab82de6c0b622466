"""The walk sees what it is for: each fault is put into a sound page and found."""

from __future__ import annotations

import pytest
from tests.read_pages import Read, faults_of, raw_in

SOUND = """<html lang="zh-Hans"><head><title>办件</title></head><body><h1>办件</h1>
<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="x"><label for="a">编号</label>
<input id="a" name="a"><button>提交</button></form><a href="#b">去</a><p id="b">一切都好</p></body></html>"""


def test_nothing_is_wrong_with_a_sound_page():
    assert faults_of(Read(SOUND)) == []


@pytest.mark.parametrize(
    ("stands", "instead", "fault"),
    [
        ('lang="zh-Hans"', 'lang="en"', "the page says lang='en'"),
        ("<h1>办件</h1>", "", "0 h1"),
        ("<h1>办件</h1>", "<h1>办件</h1><h1>又一个</h1>", "2 h1"),
        ("<h1>办件</h1>", "<h1>办件</h1><h2> </h2>", "an empty h2"),
        ("<title>办件</title>", "<title> - </title>", "no title"),
        ('<label for="a">编号</label>', "", "no label: a"),
        ('name="csrfmiddlewaretoken"', 'name="other"', "no token: "),
        ('<p id="b">', '<p id="a">', "the id 'a' stands twice"),
        ('<p id="b">', "<p>", "no place #b"),
        ("一切都好", "objection.file", "raw: objection.file in 'objection.file'"),
    ],
)
def test_a_fault_put_into_a_page_is_found(stands, instead, fault):
    assert stands in SOUND
    assert fault in faults_of(Read(SOUND.replace(stands, instead, 1)))


@pytest.mark.parametrize(
    "text", ["共None条", "sent_to_source", "查询 query.authorised", "{name}未满", "['a']", "%(n)s条"]
)
def test_what_is_written_for_programs_is_seen(text):
    assert raw_in(text)


@pytest.mark.parametrize(
    "text",
    ["None of it is public.", "/api/v1/screen", "https://example.org/a_b", "双公示_2026.csv", "clerk@example.org"],
)
def test_what_a_reader_may_read_is_left_alone(text):
    assert not raw_in(text)
