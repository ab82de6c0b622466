"""Each check of the source turns red when what it protects is broken."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tools import clauses, sizes, templates, translations

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def source(tmp_path, monkeypatch):
    """Give the checks a source tree of their own."""
    package = tmp_path / "src" / "chengxin" / "barn"
    package.mkdir(parents=True)
    for module, name, value in [
        (sizes, "ROOT", tmp_path),
        (sizes, "EXCEPTIONS", tmp_path / "size_exceptions.txt"),
        (translations, "ROOT", tmp_path),
        (translations, "SOURCE", package.parent),
        (templates, "SOURCE", package.parent),
        (clauses, "ROOT", tmp_path),
        (clauses, "CLAUSES", tmp_path / "clauses.yaml"),
    ]:
        monkeypatch.setattr(module, name, value)
    return package


def lines(count):
    return "".join(f"A{number} = {number}\n" for number in range(count))


def test_a_file_of_400_lines_is_small_enough_and_one_more_is_not(source):
    (source / "rules.py").write_text(lines(400))
    assert sizes.problems() == []
    (source / "rules.py").write_text(lines(401))
    assert sizes.problems() == ["src/chengxin/barn/rules.py has 401 lines, allowed are 400: split it by topic"]


def test_long_functions_templates_and_sql_are_found(source):
    (source / "actions.py").write_text("def accept():\n" + "    pass\n" * 40)
    (source / "page.html").write_text("<p>\n" * 121)
    (source / "policy.sql").write_text("select 1;\n" * 101)
    (source / "migrations").mkdir()
    (source / "migrations" / "0001_all.py").write_text(lines(500))
    assert [problem.split(" has ")[0] for problem in sizes.problems()] == [
        "src/chengxin/barn/actions.py:accept",
        "src/chengxin/barn/page.html",
        "src/chengxin/barn/policy.sql",
    ]


def test_an_exception_holds_exactly_and_only_shrinks(source):
    (source / "rules.py").write_text(lines(410))
    sizes.EXCEPTIONS.write_text("# why\nsrc/chengxin/barn/rules.py 410\n")
    assert sizes.problems() == []
    (source / "rules.py").write_text(lines(411))
    assert "has 411 lines, allowed are 410" in sizes.problems()[0]
    (source / "rules.py").write_text(lines(405))
    assert "has shrunk to 405 lines" in sizes.problems()[0]
    (source / "rules.py").unlink()
    assert "which is not there" in sizes.problems()[0]


def test_a_text_without_english_and_a_text_that_is_not_chinese_are_found(source):
    (source / "pages.py").write_text('_("从没有人写过的话")\n_("Hello there")\ngettext("")\nplain("别的话")\n')
    (source / "templates").mkdir()
    (source / "templates" / "a.html").write_text(
        '{% translate "模板里的新话" %}{% blocktranslate %}又一句新话{% endblocktranslate %}'
    )
    assert [problem.removeprefix("src/chengxin/barn/") for problem in translations.problems()] == [
        "pages.py:1 has no English: '从没有人写过的话'",
        "pages.py:2 the source text is not Chinese: 'Hello there'",
        "pages.py:2 has no English: 'Hello there'",
        "templates/a.html:1 has no English: '模板里的新话'",
        "templates/a.html:1 has no English: '又一句新话'",
    ]


def test_a_text_given_to_a_tag_and_not_marked_for_translation_is_found(source):
    (source / "templates").mkdir()
    (source / "templates" / "a.html").write_text(
        '{% details _("好") %}\n{% details "忘了" %}{% translate "好" %}{% callout title="也忘了" tone="info" %}'
    )
    assert translations.unmarked() == [
        "barn/templates/a.html:2 is not marked for translation: '忘了'",
        "barn/templates/a.html:2 is not marked for translation: '也忘了'",
    ]


def test_a_template_that_hides_another_is_found(source):
    for package in (source, source.parent / "byre"):
        (package / "templates" / "shared").mkdir(parents=True)
        (package / "templates" / "shared" / "page.html").write_text("{% no_such_tag %}")
    problems = templates.problems()
    assert problems[0].startswith("shared/page.html exists in barn, byre")


def test_a_clause_that_a_test_claims_and_nobody_listed_or_that_no_test_proves_is_found(source):
    (source / "tests").mkdir()
    test = source / "tests" / "test_barn.py"
    test.write_text('@pytest.mark.clause("X1", "X9")\ndef test_hay():\n    pass\n')
    clauses.CLAUSES.write_text("X1: {asks: [草, hay], shown: [/hay]}\nX2: {asks: [水, water], shown: [/water]}\n")
    assert clauses.problems() == [
        "X9 is marked by src/chengxin/barn/tests/test_barn.py::test_hay and has no row",
        "X2 has a row and no test",
    ]
    test.write_text('@pytest.mark.clause("X1", "X2")\ndef test_hay():\n    pass\n')
    assert clauses.problems() == []


WINDOW = "from chengxin.database.roles import OWNER\n"
DJANGO = "import django\n"


@pytest.mark.parametrize(
    ("file", "code", "broken"),
    [
        ("kernel/window.py", "from chengxin.database import facade\n", "Layers"),
        ("barn/__init__.py", "", "Layers"),
        ("site/window.py", WINDOW, "Front doors"),
        ("audit/rules.py", DJANGO, "Rules and contracts"),
        ("kernel/rules.py", DJANGO, "Law and kernel"),
        ("audit/pages.py", "from chengxin.audit import models\n", "Pages, http and jobs"),
    ],
)
def test_an_import_that_breaks_a_contract_is_found(tmp_path, file, code, broken):
    for part in ("src", "tools", "pyproject.toml"):
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, tmp_path / part)
    target = tmp_path / "src" / "chengxin" / file
    target.parent.mkdir(exist_ok=True)
    target.write_text(code)
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--no-logo"]
    environment = {"PYTHONPATH": f"{tmp_path / 'src'}:{tmp_path}", "PATH": "/usr/bin:/bin", "PYTHONSAFEPATH": ""}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    verdicts = [
        verdict[1]
        for line in done.stdout.splitlines()
        if line.startswith(broken) and (verdict := re.search(r" (KEPT|BROKEN)(?: \(\d+ ignored imports\))?$", line))
    ]
    assert verdicts == ["BROKEN"], done.stdout + done.stderr
    assert file.removesuffix(".py").replace("/", ".").removesuffix(".__init__") in done.stdout
