"""Parts draw what their values say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.template import Context, Template
from django.utils import translation

from chengxin.ui import contracts as c
from chengxin.ui.lifeline import lifeline
from chengxin.ui.specimens import StyleForm

TODAY = date(2026, 11, 23)


def draw(source: str, **values: object) -> str:
    return Template(source).render(Context(values))


def record(ends_on: date | None) -> c.RecordLine:
    return c.RecordLine(
        kind="行政处罚",
        title="未按规定<明码>标价",
        state=c.State(word="公示中", tone=c.Tone.INFO),
        written_by="云汀市市场监督管理局",
        allowed_because="目录条目“行政处罚”",
        seen_by="所有人",
        lifetime=c.Lifetime(starts_on=date(2026, 1, 1), ends_on=ends_on, today=TODAY),
        actions=(c.Link(text="提出异议", url="/me/objections/new", strong=True),),
    )


def test_a_record_answers_the_five_questions_in_order():
    html = draw("{% record line %}", line=record(date(2027, 1, 1)))
    places = [html.index(words) for words in ("谁写的", "为什么可以写", "谁能看到", "什么时候结束", "我能做什么")]
    assert places == sorted(places)
    assert "/me/objections/new" in html


def test_a_record_names_its_last_day_and_not_the_day_after():
    html = draw("{% record line %}", line=record(date(2027, 1, 1)))
    assert "2026年12月31日" in html
    assert "2027年1月1日" not in html


def test_what_people_wrote_is_escaped():
    assert "未按规定&lt;明码&gt;标价" in draw("{% record line %}", line=record(None))


def test_a_record_without_an_end_says_so():
    assert "还没有结束日期" in draw("{% record line %}", line=record(None))


@pytest.mark.parametrize(
    ("days", "at", "ended"), [(0, 0, False), (5, 500, False), (9, 900, False), (10, 1000, True), (99, 1000, True)]
)
def test_the_lifeline_places_today(days, at, ended):
    start = date(2026, 1, 1)
    life = lifeline(c.Lifetime(starts_on=start, ends_on=start + timedelta(10), today=start + timedelta(days)))
    assert (life.today_at, life.ended) == (at, ended)


def test_every_tone_has_an_icon_and_its_word():
    for tone in c.Tone:
        html = draw("{% state s %}", s=c.State(word="某状态", tone=tone))
        assert "<svg" in html
        assert "某状态" in html


def test_a_table_labels_its_cells_for_a_phone():
    table = c.Table(
        caption="许可",
        columns=(c.Column(title="内容"), c.Column(title="日期")),
        rows=[[c.Cell(value="甲"), c.Cell(value="乙")], [c.Cell(value="丙"), c.Cell(value="丁" * 61)]],
    )
    html = draw("{% table t %}", t=table)
    assert '<th scope="row" role="rowheader">甲</th>' in html
    assert '<td role="cell" data-label="日期">乙</td>' in html
    assert '<td role="cell" data-label="日期" class="long">丁' in html, "A paragraph takes the whole width."


def test_a_row_that_does_not_fit_its_columns_is_a_fault():
    table = c.Table(caption="许可", columns=(c.Column(title="内容"),), rows=[[c.Cell(value="甲"), c.Cell(value="乙")]])
    with pytest.raises(ValueError, match="zip"):
        draw("{% table t %}", t=table)


def test_a_table_without_rows_explains_itself():
    table = c.Table(
        caption="处罚", columns=(), rows=(), empty=c.Empty(title="没有处罚记录", meaning="不是对您的评价。")
    )
    html = draw("{% table t %}", t=table)
    assert "<table" not in html
    assert "不是对您的评价。" in html


def test_errors_lead_to_their_fields_and_fields_name_their_errors():
    form = StyleForm({"kind": "penalty"})
    summary = draw("{% error_summary form %}", form=form)
    assert 'href="#id_name"' in summary
    assert 'href="#id_severity_0"' in summary
    assert "请填写名称" in summary
    assert "请选择程度" in summary
    name = draw("{% field form.name %}", form=form)
    assert "请填写名称" in name
    assert 'aria-describedby="id_name_hint id_name_error"' in name
    assert 'id="id_name_error"' in name
    assert 'aria-invalid="true"' in name


def test_an_error_of_the_whole_form_is_listed_and_escaped():
    form = StyleForm({"kind": "penalty"})
    form.add_error(None, "开始日期<晚于>结束日期")
    assert "开始日期&lt;晚于&gt;结束日期" in draw("{% error_summary form %}", form=form)


def test_a_block_part_keeps_markup_and_escapes_its_title():
    html = draw('{% callout title=t tone="todo" %}<p>甲</p>{% endcallout %}', t="<b>")
    assert "<p>甲</p>" in html
    assert "&lt;b&gt;" in html
    assert "callout--todo" in html


def test_chart_options_cannot_break_out_of_their_script():
    table = c.Table(caption="甲", columns=(c.Column(title="内容"),), rows=[[c.Cell(value="乙")]])
    chart = c.Chart(id="x", title="甲", summary="乙", option={"a": "</script><b>"}, table=table)
    html = draw("{% chart c %}", c=chart)
    assert "</script><b>" not in html
    assert "<table" in html


def test_values_are_written_for_both_languages():
    source = "{{ d|day }}|{{ fen|yuan }}|{{ n|count }}|{{ 3|share_of:0 }}|{{ d|last_day }}"
    values = {"d": TODAY, "fen": -123_450_05, "n": 1_204_318}
    assert draw(source, **values) == "2026年11月23日|-123,450.05 元|1,204,318|—|2026年11月22日"
    with translation.override("en"):
        assert draw(source, **values) == "23 November 2026|CNY -123,450.05|1,204,318|—|22 November 2026"
