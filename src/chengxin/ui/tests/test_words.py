"""Every Chinese text of a package has its English, found by reading the source; `./chengxin check` asks it of all."""

from __future__ import annotations

import pytest
from django.utils import translation

from chengxin.kernel.refusal import Refusal
from chengxin.ui import extraction, formats, refusals, translations

PO = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.fixture
def tree(tmp_path, monkeypatch):
    package = tmp_path / "sample"
    (package / "templates").mkdir(parents=True)
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "rules.py").write_text(
        "def why(x):\n    return Refusal(code='X', what='太早。', why='', next_step='请等 {days} 天。')\n",
        encoding="utf-8",
    )
    (package / "pages.py").write_text("title = _('许可') + ngettext('一个', '多个', 2)\n", encoding="utf-8")
    (package / "templates" / "a.html").write_text(
        '{% translate "列表" %}{% callout title=_("提示") %}{% blocktranslate %}共 {{ n }} 条{% endblocktranslate %}',
        encoding="utf-8",
    )
    monkeypatch.setattr(extraction, "SOURCES", tmp_path)
    monkeypatch.setattr(translations, "SOURCES", tmp_path)
    return package


def test_texts_are_found_in_python_templates_and_refusals(tree):
    assert set(extraction.texts_of(tree)) == {
        "太早。",
        "请等 {days} 天。",
        "许可",
        ("一个", "多个"),
        "列表",
        "提示",
        "共 %(n)s 条",
    }


def test_the_check_names_each_problem(tree):
    path = tree / translations.CATALOGUE
    path.parent.mkdir(parents=True)
    entries = {"太早。": "Too early.", "请等 {days} 天。": "Wait.", "许可": "", "列表": "列表", "旧": "Old"}
    path.write_text(PO + "".join(f'msgid "{k}"\nmsgstr "{v}"\n\n' for k, v in entries.items()), encoding="utf-8")
    problems = extraction.check_translations()
    assert "sample: other placeholders: 请等 {days} 天。" in problems
    assert "sample: empty: 许可" in problems
    assert "sample: Chinese in the English text: 列表" in problems
    assert "sample: obsolete: 旧" in problems
    assert "sample/templates/a.html: missing: 提示" in problems
    assert not [line for line in problems if "太早" in line]


def test_texts_given_to_a_refusal_by_way_of_a_function_and_by_a_condition_are_found(tree):
    (tree / "rules.py").write_text(
        "def _no(code, what, next_step=''):\n    return Refusal(code=code, what=what, next_step=next_step)\n"
        "a = _no('X', '太晚。' if late else '太早。', next_step=known or '请等。')\n",
        encoding="utf-8",
    )
    assert {"太晚。", "太早。", "请等。"} <= set(extraction.texts_of(tree))


def test_a_refusal_put_together_by_the_program_is_named_because_nobody_could_translate_it(tree):
    (tree / "rules.py").write_text("r = Refusal(code='X', what=f'超过{n}行。')\n", encoding="utf-8")
    assert any("rules.py: put together" in line and "超过{n}行" in line for line in extraction.check_translations())


def test_extract_keeps_what_is_translated_and_drops_what_is_gone(tree):
    path = tree / translations.CATALOGUE
    path.parent.mkdir(parents=True)
    path.write_text(PO + 'msgid "许可"\nmsgstr "Licences"\n\nmsgid "旧"\nmsgstr "Old"\n\n', encoding="utf-8")
    assert extraction.extract("sample") == 6
    written = path.read_text(encoding="utf-8")
    assert 'msgid "许可"\nmsgstr "Licences"' in written
    assert "旧" not in written


def test_sentences_clauses_and_remarks_are_joined_as_each_language_does():
    refusal = Refusal(code="X", what="太早。", why="第 {row} 行。", next_step="请等。", values={"row": "3"})
    said = (formats.sentences(["甲。", "", "乙。"]), formats.clauses(["甲", "乙"]), refusals.line_of(refusal))
    assert said == ("甲。乙。", "甲；乙。", "太早。第 3 行。请等。（X）")
    assert formats.labelled("甲", "乙") == "甲：乙"
    with translation.override("en"):
        said = (formats.sentences(["A. ", "B."]), formats.clauses(["a", "b"]), formats.aside("X"))
        assert formats.labelled("a", "b") == "a: b"
    assert said == ("A. B.", "a; b.", " (X)")


def test_a_newer_source_is_compiled_and_read(settings, tmp_path):
    settings.LOCALE_PATHS = [tmp_path]
    target = translations.compile_catalogue()
    assert target is not None
    assert target.exists()
    before = target.stat().st_mtime_ns
    assert translations.compile_catalogue() == target
    assert target.stat().st_mtime_ns == before


def test_english_readers_read_english():
    with translation.override("en"):
        assert translation.gettext("谁写的") == "Who wrote it"
    with translation.override("zh-hans"):
        assert translation.gettext("谁写的") == "谁写的"
