"""An installation of its own: keys, first accounts, the proxy before it, and what a restore checks."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID
from wsgiref.util import setup_testing_defaults

import psycopg
import pytest
from tests.key_service import TestKeyService
from tests.test_migrate import CHENGXIN, ROOT, chengxin

from chengxin.crypto import keys, vault
from chengxin.crypto.contracts import Aad
from chengxin.database.connection import embedded_server
from chengxin.files import facade as files
from chengxin.site.wsgi import application

EXAMPLE = "docs/installation.example.yaml"


@pytest.fixture
def environ() -> Iterator[dict[str, str]]:
    with tempfile.TemporaryDirectory(prefix="chengxin-test-") as folder:
        Path(folder).chmod(0o755)
        own = {name: value for name, value in os.environ.items() if not name.startswith("CHENGXIN_")}
        environ = {**own, "CHENGXIN_HOME": str(ROOT), "CHENGXIN_VAR": f"{folder}/var", "CHENGXIN_KEYS": f"{folder}/kek"}
        environ.pop("DATABASE_URL", None)
        if "CHENGXIN_PG_BIN" in os.environ:
            environ["CHENGXIN_PG_BIN"] = os.environ["CHENGXIN_PG_BIN"]
        yield environ
        embedded_server(environ).stop()


def test_keys_are_made_once_closed_to_others_and_never_made_again(environ: dict[str, str]) -> None:
    made = [line for line in chengxin(environ, "keys", "create") if line.startswith("made")]
    folder = Path(environ["CHENGXIN_KEYS"])
    paths = [
        folder / "kek-0001.key",
        folder / "blind.key",
        folder / "log.key",
        folder / "writer.key",
        folder / "consent.key",
        folder / "webhook.key",
        folder / "document.pem",
        Path(environ["CHENGXIN_VAR"]) / "keys" / "guard.key",
    ]
    assert made == [f"made  {path}" for path in paths]
    assert {path.stat().st_mode & 0o777 for path in paths} == {0o600}
    before = [path.read_text() for path in paths]
    assert chengxin(environ, "keys", "create")[0].startswith("Nothing is missing")
    assert [path.read_text() for path in paths] == before


def test_the_example_sets_up_an_installation_and_says_each_password_once(environ: dict[str, str]) -> None:
    chengxin(environ, "keys", "create")
    chengxin(environ, "migrate")
    first = chengxin(environ, "setup", EXAMPLE)
    assert first[0] == "catalogue: 205 item versions published, 0 kept"
    passwords = [line.split()[-1] for line in first if line.startswith("account:")]
    assert len(set(passwords)) == 5
    assert min(len(password) for password in passwords) >= 24
    again = chengxin(environ, "setup", EXAMPLE)
    assert again == ["catalogue: 0 item versions published, 205 kept", first[1]]
    server = embedded_server(environ)
    with psycopg.connect(server.conninfo(dbname="chengxin")) as admin:
        posts = admin.execute("select role, body_id from access_post order by role").fetchall()
    assert [role for role, _ in posts] == ["approver", "audit_admin", "clerk", "security_admin", "system_admin"]
    assert chengxin(environ, "restored") == [
        "0 of 0 data keys open with the key files of this installation.",
        "0 of 0 kept files open.",
    ]


def test_a_command_without_its_keys_says_what_to_do(environ: dict[str, str]) -> None:
    environ = {**environ, "DATABASE_URL": "postgresql://127.0.0.1:1/none"}
    done = subprocess.run([CHENGXIN, "migrate"], cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "chengxin keys create" in done.stderr


def vault_unlock(digest: str, wrapped: bytes, aad: Aad, locked: bytes) -> bytes:
    """Open the key of a file with the key files themselves, as the key service does."""
    return vault.open_sealed(vault.unwrap(wrapped, subject_id=UUID(hex=digest)), locked, aad.encoded())


def test_a_kept_file_that_was_changed_or_belongs_to_other_keys_is_found(
    key_service: TestKeyService, tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, other = Path(os.environ["CHENGXIN_KEYS"]), tmp_path / "other"
    keys.create_missing(other)
    settings.FILES_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    plain = tmp_path / "plain"
    plain.write_bytes(b"one row")
    digest = files.keep(plain)
    assert files.list_unsound(limit=5, unlock=vault_unlock) == (1, [])
    monkeypatch.setenv("CHENGXIN_KEYS", str(other))
    assert files.list_unsound(limit=5, unlock=vault_unlock) == (1, [digest])
    # The key that opens is right, the root of the blind indexes is not: numbers would find nobody.
    (other / "kek-0001.key").write_bytes((own / "kek-0001.key").read_bytes())
    keys.keyring_in.cache_clear()
    assert files.list_unsound(limit=5, unlock=vault_unlock) == (1, [digest])
    monkeypatch.setenv("CHENGXIN_KEYS", str(own))
    sealed = tmp_path / "files" / digest[:2] / digest
    sealed.write_bytes(sealed.read_bytes()[:-1] + b"?")
    assert files.list_unsound(limit=5, unlock=vault_unlock) == (1, [digest])


@pytest.mark.parametrize(
    ("peer", "scheme", "address"), [("127.0.0.1", "https", "203.0.113.9"), ("198.51.100.7", "http", "198.51.100.7")]
)
def test_only_a_named_proxy_is_believed_about_the_reader(peer: str, scheme: str, address: str) -> None:
    given: dict[str, object] = {"PATH_INFO": "/glossary", "REMOTE_ADDR": peer, "HTTP_HOST": "localhost"}
    given |= {"HTTP_X_FORWARDED_FOR": "203.0.113.9", "HTTP_X_FORWARDED_PROTO": "https"}
    setup_testing_defaults(given)
    application(given, lambda *_: None)
    assert (given["wsgi.url_scheme"], given["REMOTE_ADDR"]) == (scheme, address)


def test_over_https_browsers_are_told_to_stay_there() -> None:
    ask = "from django.conf import settings as s; print(s.SECURE_HSTS_SECONDS, s.SESSION_COOKIE_SECURE)"
    own = {name: value for name, value in os.environ.items() if not name.startswith("CHENGXIN_")}
    for demo, expected in (("0", "31536000 True"), ("1", "0 False")):
        environ = {**own, "DJANGO_SETTINGS_MODULE": "chengxin.site.settings", "CHENGXIN_DEMO": demo}
        done = subprocess.run([sys.executable, "-c", ask], env=environ, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == expected


def test_no_web_process_loads_the_compiler_of_loops_to_resolve_an_address() -> None:
    code = (
        "import sys; from chengxin.site.wsgi import application\n"
        "from django.urls import resolve; resolve('/')\n"
        "print([name for name in ('numba', 'sklearn', 'scipy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
