"""The test set-up itself."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection


def test_tests_run_as_the_web_login(db):
    with connection.cursor() as cursor:
        cursor.execute("select current_user, session_user, current_setting('is_superuser')")
        assert cursor.fetchone() == ("chengxin_web", "chengxin_web", "off")


@pytest.mark.parametrize("attempt", [1, 2])
def test_a_committed_row_is_gone_in_the_next_test(transactional_db, attempt):
    assert not ContentType.objects.filter(app_label="left-behind").exists()
    ContentType.objects.create(app_label="left-behind", model="row")


def test_the_owner_connects_beside_the_web(db, owner):
    assert owner.execute("select current_user").fetchone() == ("chengxin_owner",)
