"""What the ORM asks is planned once per session, and answers as it does without."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import ProgrammingError, connection, transaction
from django.db.models import Count, F, Value
from django.db.models.functions import Concat, TruncYear
from django.test.utils import CaptureQueriesContext

from chengxin.access.models import Account
from chengxin.database.facade import ask
from chengxin.database.session import MOST_PREPARED

MOMENT = datetime(2026, 11, 23, 2, 0, 0, 5, tzinfo=UTC)


def prepared(like: str) -> int:
    return int(ask("select count(*) from pg_prepared_statements where statement like %s", [like])[0][0])


def test_what_the_orm_asks_is_prepared_once_whatever_the_values(db: None) -> None:
    for name in ("one", "two", "it's 50 %"):
        assert list(Account.objects.filter(username=name).values_list("username", "last_login")) == []
    assert prepared('SELECT "access_account"."username"%"last_login"%WHERE "access_account"."username" = $1') == 1


def test_values_places_and_groups_are_the_same_as_without(db: None) -> None:
    said = (
        Account.objects.annotate(said=Concat(Value("a%"), F("username"))).filter(said__startswith="a%x").values("said")
    )
    assert list(said) == []
    years = Account.objects.annotate(year=TruncYear("last_login")).values("year").annotate(many=Count("pk"))
    assert list(years.filter(last_login__gte=MOMENT)) == []
    assert list(Account.objects.filter(pk__in=range(200)).values_list("pk")) == []


def test_a_session_keeps_no_more_than_its_share(db: None) -> None:
    for place in range(MOST_PREPARED + 20):
        assert ask(f"select {place} + %s::integer", [1]) == [(place + 1,)]
    assert prepared("select % + $1::integer") <= MOST_PREPARED
    assert ask("select 0 + %s::integer", [2]) == [(2,)]


def test_what_the_server_refuses_is_told_as_django_tells_it(db: None) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere WHERE 1 = %s", [1])


def test_a_captured_statement_says_its_values(db: None) -> None:
    with CaptureQueriesContext(connection) as asked:
        Account.objects.filter(username="someone").exists()
    assert "'someone'" in asked[0]["sql"]
