"""Bad input is answered, one and many are answered alike, the same list gives the same index."""

import csv
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from chengxin.kernel.refusal import Refused
from chengxin.screening.comparing import Edit, one_edit
from chengxin.screening.contracts import COLUMNS, Query
from chengxin.screening.enterprises import structure
from chengxin.screening.facade import Exact, Screener, build, check_rows, load, read_rows, save
from chengxin.screening.points import Texts

NAMES = [
    "江苏恒瑞祥医药股份有限公司", "云汀金固股份有限公司", "博创科技股份有限公司", "浦东开源银行", "张伟", "欧阳静怡",
    "黄锦辉",
    "Abdul Karim Turabi", "Wang Fang", "Yunting Jingu Co., Ltd.", "𠮷田㛃", "𰻝𱁬", "阿卜杜拉·卡里木",
]  # fmt: skip


def frame(rows):
    return check_rows(pl.DataFrame(rows, schema=list(COLUMNS), orient="row"))


def entries():
    kinds = ("person", "enterprise")
    return [Query(f"L{k}", kinds[k % 2], name, birth_date="1980-02-03") for k, name in enumerate(NAMES * 2)]


LISTED = Screener(build(frame(entries()).frame))


@st.composite
def queries(draw):
    name = draw(st.sampled_from([*NAMES, "", " "]))
    at = draw(st.integers(0, max(len(name), 1)))
    name = name[:at] + draw(st.text(max_size=3)) + name[at + draw(st.integers(0, 1)) :]
    kind = draw(st.sampled_from(["person", "enterprise", "enterprise ", "PERSON", "alien", ""]))
    number = draw(st.sampled_from(["", "39010119800203421X", "abc", "9139**********0013", "𰻝", "1" * 500]))
    born = draw(st.sampled_from(["", "1980-02-03", "1980", "03/02/1980", "1980-99-99", "x"]))
    return Query("", kind, name, draw(st.sampled_from(["", "张伟|", "|", name])), number, number, born, "")


@settings(max_examples=60, deadline=None)
@given(st.lists(queries(), min_size=1, max_size=30), st.sampled_from([1, 100]))
def test_bulk_and_single_answers_are_equal_for_every_row(rows, least):
    # Many rows are folded as a column, few one by one.
    asked = [row._replace(id=f"q{place}") for place, row in enumerate(rows * -(-least // len(rows)))]
    single = [hit for row in asked for hit in LISTED.answer([row])[0]]
    bulk = list(LISTED.screen(frame(asked)))
    assert sorted(bulk) == sorted(single)
    assert [hit for hits in LISTED.answer(asked) for hit in hits] == single


PIECES = [
    "江苏",
    "南京市",
    "云汀",
    "中国",
    "禾木",
    "天大",
    "科技",
    "信息技术",
    "集团",
    "控股",
    "股份",
    "有限公司",
    "公司",
    "分公司",
    "厂",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=6).map("".join), min_size=1, max_size=20))
def test_names_are_read_alike_one_by_one_and_as_many(names):
    many = structure(Texts.of(names * 130))
    for place, name in enumerate(names):
        one = structure(Texts.of([name]))
        for part in ("first_region", "region", "brand", "trade", "form", "legal", "region_number"):
            assert getattr(one, part)[0] == getattr(many, part)[place], (name, part)


@settings(max_examples=300, deadline=None)
@given(st.text("甲乙丙", max_size=8), st.text("甲乙丙", max_size=8))
def test_one_slip_is_what_a_distance_of_one_says(one, other):
    none = np.zeros(1, np.int64)
    texts = Texts.of([one]), Texts.of([other])
    edit, _place = one_edit(*texts, (none, none), (texts[0].lengths, texts[1].lengths))
    assert (edit[0] == Edit.EQUAL, edit[0] > Edit.EQUAL) == (one == other, OSA.distance(one, other) == 1)


def test_names_of_rare_characters_are_told_apart():
    assert [hit.entry_id for hit in LISTED.answer([Query("q", "person", "𠮷田㛃")])[0]] == ["L10"]
    assert LISTED.answer([Query("q", "person", "吉田㛃")])[0] == []


@pytest.mark.parametrize(
    "name", ["长" * 10_000, "重" * 10_000, "A" * 10_000, "行" * 159 + "公司", "\u200b" * 50, "\x00", "，。"]
)
def test_odd_names_are_answered(name):
    assert LISTED.answer([Query("q", "enterprise", name), Query("p", "person", name)]) == [[], []]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (Query("q", "alien", "张伟"), "SCR-KIND"),
        (Query("q", "person", "  "), "SCR-EMPTY"),
        (Query(" ", "person", "张伟"), "SCR-ID"),
        (Query("q", "person", "张" * 10_001), "SCR-LONG"),
    ],
)
def test_a_row_that_cannot_be_read_is_answered_with_its_reason_and_never_as_no_hit(query, code):
    ((hit,),) = LISTED.answer([query])
    assert (hit.tier, hit.action, hit.rule) == ("unanswered", "none", code)
    assert hit.explanation.startswith("未能比对：")


def test_the_same_list_gives_the_same_bytes_and_an_index_from_a_folder_answers_alike(tmp_path):
    for folder in ("a", "b"):
        save(build(frame(entries()).frame), tmp_path / folder)
    for one in sorted((tmp_path / "a").iterdir()):
        assert one.read_bytes() == (tmp_path / "b" / one.name).read_bytes()
    mapped = Screener(load(tmp_path / "a"))
    asked = [Query(str(k), kind, name) for k, name in enumerate(NAMES) for kind in ("person", "enterprise")]
    assert mapped.answer(asked) == LISTED.answer(asked)
    with pytest.raises(Refused, match="SCR-INDEX-EXISTS"):
        save(LISTED.segment, tmp_path / "a")
    with pytest.raises(Refused, match="SCR-INDEX"):
        load(tmp_path)


def test_an_empty_list_answers_without_hits():
    assert Screener(build(frame([]).frame)).answer(
        [Query("q", "person", "张伟"), Query("r", "enterprise", "甲公司")]
    ) == [[], []]


def command(*words):
    program = "import sys; from chengxin.cli.main import main; sys.argv[0] = 'chengxin'; main()"
    return subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, check=False)


def test_the_command_writes_the_same_file_twice_and_answers_bad_rows(tmp_path):
    draw = random.Random(3)
    lists, asked = tmp_path / "list.csv", tmp_path / "queries.csv"
    for path, rows in (
        (lists, entries()),
        (asked, [*entries(), Query("bad", "robot", "张伟"), Query("e", "person", "")]),
    ):
        with path.open("w", newline="", encoding="utf-8-sig") as lines:
            table = csv.writer(lines)
            table.writerow(COLUMNS)
            table.writerows(draw.sample(rows, len(rows)))
    for out in ("one.csv", "two.csv"):
        done = command("screen", "--list", str(lists), "--queries", str(asked), "--out", str(tmp_path / out), "--json")
        assert done.returncode == 0, done.stderr
        assert "SCR-KIND" in done.stderr
    written = (tmp_path / "one.csv").read_text("utf-8")
    assert written == (tmp_path / "two.csv").read_text("utf-8")
    assert written.splitlines()[0] == "query_id,entry_id,score,tier,action,rule,explanation"
    assert "\nbad,,0.0000,unanswered,none,SCR-KIND,未能比对：" in written


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "SCR-COLUMNS"), ("a,b\n1,2\n", "SCR-COLUMNS"), ('id,kind,name\n1,person,"x\n', "SCR-UNREADABLE")],
)
def test_a_file_that_is_no_such_table_is_refused(tmp_path, text, code):
    (tmp_path / "x.csv").write_text(text)
    with pytest.raises(Refused, match=code):
        read_rows(tmp_path / "x.csv")


RAGGED = "id,kind,name\n1,person,林岚舟\n2,person,周,禾\n3,person\n\n4,person,何映川,,\n5,alien,何\n"


def test_rows_that_do_not_fit_are_set_aside_with_their_line_and_the_others_are_read(tmp_path):
    (tmp_path / "x.csv").write_text(RAGGED, "utf-8")
    rows = read_rows(tmp_path / "x.csv")
    assert rows.frame.select("id", "name").rows() == [("1", "林岚舟"), ("4", "何映川")]
    assert rows.aside.rows() == [(3, "2", "SCR-CELLS"), (4, "3", "SCR-EMPTY"), (7, "5", "SCR-KIND")]


def test_a_quote_that_is_not_closed_costs_its_own_line_alone(tmp_path):
    (tmp_path / "x.csv").write_text('id,kind,name\n1,person,林岚舟\n2,person,"周禾\n3,person,"何 ""映"" 川"\n', "utf-8")
    rows = read_rows(tmp_path / "x.csv")
    assert rows.frame.select("id", "name").rows() == [("1", "林岚舟"), ("3", '何 "映" 川')]
    assert rows.aside.rows() == [(3, "2", "SCR-QUOTES")]


def test_rows_that_do_not_fit_are_answered_and_listed_beside_the_results_by_line(tmp_path):
    (tmp_path / "list.csv").write_text(RAGGED, "utf-8")
    (tmp_path / "q.csv").write_text("id,kind,name\na,person,林岚舟\nb,person,周,禾\n", "utf-8")
    words = ("screen", "--list", str(tmp_path / "list.csv"), "--queries", str(tmp_path / "q.csv"), "--out")
    done = command(*words, str(tmp_path / "out.csv"))
    assert done.returncode == 0, done.stderr
    assert "\nb,,0.0000,unanswered,none,SCR-CELLS,未能比对：第 3 行：" in (tmp_path / "out.csv").read_text("utf-8")
    with (tmp_path / "out.aside.csv").open(encoding="utf-8") as lines:
        listed = [row[:4] for row in csv.reader(lines)]
    assert listed == [
        ["file", "line", "id", "code"],
        ["list.csv", "3", "2", "SCR-CELLS"],
        ["list.csv", "4", "3", "SCR-EMPTY"],
        ["list.csv", "7", "5", "SCR-KIND"],
        ["q.csv", "3", "b", "SCR-CELLS"],
    ]
    (tmp_path / "list.csv").write_text("id,kind,name\n1,person,林岚舟\n", "utf-8")
    (tmp_path / "q.csv").write_text("id,kind,name\na,person,林岚舟\n", "utf-8")
    assert command(*words, str(tmp_path / "out.csv")).returncode == 0
    assert not (tmp_path / "out.aside.csv").exists()


def test_columns_are_known_by_the_names_offices_give_them(tmp_path):
    (tmp_path / "x.csv").write_text(" 编号 ,KIND,姓名,身份证号码\n1,person,林岚舟,39010119800203421X\n", "utf-8")
    assert read_rows(tmp_path / "x.csv").frame.select("id", "name", "id_no").rows() == [
        ("1", "林岚舟", "39010119800203421X")
    ]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_a_file_as_spreadsheets_write_it_is_read_like_one_in_utf_8(tmp_path, encoding):
    rows = [("1", "person", "\U00020bb7田禾"), ("2", "enterprise", "云汀禾木商贸有限公司")]
    (tmp_path / "x.csv").write_text("id,kind,name\n" + "".join(",".join(row) + "\n" for row in rows), encoding)
    assert read_rows(tmp_path / "x.csv").frame.select("id", "kind", "name").rows() == rows


def test_damaged_utf_8_is_refused_and_not_read_as_other_names(tmp_path):
    whole = "id,kind,name\n1,enterprise,云汀禾木商贸有限公司\n".encode()
    (tmp_path / "x.csv").write_bytes(whole.replace("禾".encode(), b"\xe7"))
    with pytest.raises(Refused, match="SCR-UNREADABLE"):
        read_rows(tmp_path / "x.csv")


def test_results_are_never_written_over_what_they_are_made_from(tmp_path):
    for name in ("list.csv", "queries.csv"):
        (tmp_path / name).write_text("id,kind,name\n1,person,林岚舟\n", "utf-8")
    place = str(tmp_path / "list.csv")
    done = command("screen", "--list", place, "--queries", str(tmp_path / "queries.csv"), "--out", place)
    assert (done.returncode, "SCR-OVER" in done.stderr) == (1, True)
    assert Path(place).read_text("utf-8") == "id,kind,name\n1,person,林岚舟\n"


def test_exact_rows_are_those_with_a_listed_number_or_name_however_the_number_is_written():
    index = build(
        frame([Query("a", "person", "张伟", id_no="39010119800203421X"), Query("b", "enterprise", "甲公司")]).frame
    )
    asked = [
        Query("1", "person", "李", id_no="39010119800203421x"),
        Query("2", "person", "李", id_no="390101 19800203 ４21X"),
        Query("3", "person", "李", id_no="390101198002034210"),
        Query("4", "enterprise", "甲公司"),
        Query("5", "enterprise", "乙公司"),
    ]
    assert Exact(index).rows(frame(asked).frame).to_list() == [True, True, False, True, False]
