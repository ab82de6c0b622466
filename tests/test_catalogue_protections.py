"""Every table of the platform, seen by PostgreSQL's own catalogue."""

import re
from pathlib import Path

from chengxin.database.facade import inspect_catalogue
from chengxin.database.grants import declared

SOURCE = Path(__file__).parents[1] / "src" / "chengxin"
LANDING = re.compile(r'\bLanding\(\s*"(\w+)"')


def test_the_schema_has_every_protection(owner):
    found = inspect_catalogue(owner, declaration=declared())
    assert [f"{one.where} {one.what}" for one in found] == []


def test_no_landing_table_hides_a_table_of_the_schema(owner):
    """A TEMP table is found before a real one of the same name, and has no row security (ADR 0127)."""
    files = [file for file in SOURCE.rglob("*.py") if "tests" not in file.parts]
    names = {name for file in files for name in LANDING.findall(file.read_text("utf-8"))}
    assert len(names) >= 4
    rows = owner.execute("select relname from pg_class where relname = any(%s) and relpersistence <> 't'", [[*names]])
    assert rows.fetchall() == []
