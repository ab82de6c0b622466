"""Publishing the catalogue into the database."""

from __future__ import annotations

from datetime import UTC, datetime

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError

from chengxin.catalogue import facade as catalogue
from chengxin.catalogue.definition import definition_of, digest_of
from chengxin.catalogue.models import CatalogueItemVersion
from chengxin.catalogue.tests.conftest import NEVER_SEEN
from chengxin.kernel.refusal import Refused

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_each_version_is_published_once_and_loading_again_changes_nothing():
    declared = [
        (item.code, item.version) for code in catalogue.list_item_codes() for item in catalogue.item_history(code)
    ]
    before = list(CatalogueItemVersion.objects.order_by("id").values_list("id", "code", "version", "digest"))
    assert [number for number, *_ in before] == list(range(1, len(declared) + 1))
    assert sorted((code, version) for _, code, version, _ in before) == sorted(declared)
    again = catalogue.load(now=NOW)
    assert (again.added, again.kept) == (0, len(declared))
    assert list(CatalogueItemVersion.objects.order_by("id").values_list("id", "code", "version", "digest")) == before


def test_an_item_never_seen_before_gets_the_next_number_and_keeps_it(bees, written):
    catalogue.unregister_folder(written())
    catalogue.load(now=NOW)
    numbers = catalogue.item_version_ids()
    catalogue.register_folder(written())
    catalogue.load(now=NOW)
    assert catalogue.item_version_id(bees, version=1) == max(numbers.values()) + 1
    assert {key: number for key, number in catalogue.item_version_ids().items() if key[0] != bees} == numbers


def test_redline_01_a_changed_text_under_a_published_number_is_refused(written):
    folder = written()
    catalogue.register_folder(folder)
    catalogue.load(now=NOW)
    before = CatalogueItemVersion.objects.count()
    catalogue.unregister_folder(folder)
    other = folder / "second"
    other.mkdir()
    (other / "bees.yaml").write_text(NEVER_SEEN.replace("max: 20", "max: 30"), "utf-8")
    catalogue.register_folder(other)
    try:
        with pytest.raises(Refused) as caught:
            catalogue.load(now=NOW)
    finally:
        catalogue.unregister_folder(other)
    assert caught.value.refusal.code == "ITEM_VERSION_PUBLISHED"
    assert "另写第2版" in caught.value.refusal.text()
    assert CatalogueItemVersion.objects.count() == before


def test_redline_01_an_item_that_is_not_published_has_no_number():
    with pytest.raises(Refused) as caught:
        catalogue.item_version_id("penalty", version=99)
    assert caught.value.refusal.code == "ITEM_NOT_LOADED"


@pytest.mark.parametrize(
    "statement", ["update catalogue_item_version set digest = ''", "delete from catalogue_item_version"]
)
def test_the_web_can_neither_change_nor_delete_a_published_version(statement):
    catalogue.load(now=NOW)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_code_and_version_stand_once():
    catalogue.load(now=NOW)
    row = CatalogueItemVersion.objects.get(code="penalty", version=1)
    row.id = 30_000
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_the_definition_is_whole():
    item = catalogue.item_history("penalty")[0]
    said = definition_of(item)
    assert [field["name"] for field in said["fields"]] == [field.name for field in item.fields]
    assert said["basis"] == ["APL/48", "QX14/6", "GS45/9", "ZJ/11"]
    assert len(digest_of(item)) == 64


@pytest.mark.parametrize(
    "statement", ["update catalogue_item_version set id = id + 20000", "delete from catalogue_item_version"]
)
def test_redline_01_even_the_owner_takes_no_published_version_away_nor_its_number(owner, statement):
    owner.execute(
        "insert into catalogue_item_version (id, code, version, effective_on, digest, definition, loaded_at)"
        " values (9999, 'kept', 1, '2026-11-01', '', '{}', now())"
    )
    with pytest.raises(psycopg.errors.ForeignKeyViolation, match="keeps its number"):
        owner.execute(f"{statement} where id = 9999")
