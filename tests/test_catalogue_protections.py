"""Every table of the platform, seen by PostgreSQL's own catalogue."""

from chengxin.database.facade import inspect_catalogue
from chengxin.database.grants import declared


def test_the_schema_has_every_protection(owner):
    found = inspect_catalogue(owner, declaration=declared())
    assert [f"{one.where} {one.what}" for one in found] == []
