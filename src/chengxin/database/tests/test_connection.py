"""Where the database is and as whom each process logs in."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from chengxin.database.connection import database_settings


def test_each_process_logs_in_as_itself():
    logins = [database_settings({"CHENGXIN_PROCESS": name})["default"]["USER"] for name in ("web", "worker", "owner")]
    assert logins == ["chengxin_web", "chengxin_worker", "chengxin_owner"]
    assert database_settings({})["default"]["USER"] == "chengxin_web"


def test_a_process_knows_no_login_but_its_own():
    assert list(database_settings({})) == ["default"]


def test_the_embedded_server_is_reached_by_its_socket_and_need_not_run(tmp_path):
    default = database_settings({"CHENGXIN_VAR": str(tmp_path / "var")})["default"]
    assert default["HOST"].startswith("/")
    assert (default["CONN_MAX_AGE"], default["CONN_HEALTH_CHECKS"]) == (600, True)
    assert not (tmp_path / "var").exists()


def test_a_database_of_ones_own_is_verified_unless_the_address_says_otherwise(tmp_path):
    (tmp_path / "password").write_text("correct horse\n")
    environ = {
        "DATABASE_URL": "postgresql://db.example.org:6432/credit",
        "CHENGXIN_PROCESS": "worker",
        "CHENGXIN_DATABASE_PASSWORD_FILE": str(tmp_path / "password"),
    }
    default = database_settings(environ)["default"]
    assert (default["HOST"], default["PORT"], default["NAME"]) == ("db.example.org", "6432", "credit")
    assert (default["USER"], default["PASSWORD"]) == ("chengxin_worker", "correct horse")
    assert default["OPTIONS"]["sslmode"] == "verify-full"
    looser = database_settings(environ | {"DATABASE_URL": "postgresql://db.example.org/credit?sslmode=require"})
    assert looser["default"]["OPTIONS"]["sslmode"] == "require"
    socket = database_settings(environ | {"DATABASE_URL": "postgresql:///credit?host=/run/postgresql"})
    assert socket["default"]["HOST"] == "/run/postgresql"
    assert "sslmode" not in socket["default"]["OPTIONS"]


@pytest.mark.parametrize(
    "environ",
    [
        {"DATABASE_URL": "mysql://db.example.org/credit"},
        {"DATABASE_URL": "postgresql://postgres:secret@db.example.org/credit"},
        {"DATABASE_URL": "postgresql://db.example.org/credit?options=-crole%3Dpostgres"},
        {"CHENGXIN_PROCESS": "admin"},
    ],
)
def test_an_address_with_a_login_or_an_unknown_part_is_refused(environ):
    with pytest.raises(ImproperlyConfigured):
        database_settings(environ)


def test_every_session_has_its_limits_and_its_schemas(db):
    expected = {"lock_timeout": "5000", "search_path": "public,vendor", "statement_timeout": "30000"}
    with connection.cursor() as cursor:
        cursor.execute("select name, setting from pg_settings where name = any(%s) order by name", [list(expected)])
        assert dict(cursor.fetchall()) == expected
