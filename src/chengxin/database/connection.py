"""Where the database is and as whom a process logs in. Importing this starts nothing."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import make_conninfo

from chengxin.database.embedded import PORT, EmbeddedServer, socket_directory

DATABASE_NAME = "chengxin"
SEARCH_PATH = "public,vendor"


class Process(StrEnum):
    """The processes of the platform; each logs in as itself, `chengxin_<process>`."""

    WEB = "web"
    WORKER = "worker"
    OWNER = "owner"
    SEQUENCER = "sequencer"
    KEYS = "keys"

    @property
    def login(self) -> str:
        """Return the name of the process's role in PostgreSQL."""
        return f"chengxin_{self.value}"


# A page must answer soon or not at all; a job may work long, but no one may hold others up for long.
TIMEOUTS = {
    Process.WEB: {"statement_timeout": "30s", "lock_timeout": "5s", "idle_in_transaction_session_timeout": "60s"},
    Process.WORKER: {
        "statement_timeout": "15min",
        "lock_timeout": "10s",
        "idle_in_transaction_session_timeout": "5min",
    },
    Process.SEQUENCER: {
        "statement_timeout": "60s",
        "lock_timeout": "10s",
        "idle_in_transaction_session_timeout": "60s",
    },
    Process.KEYS: {"statement_timeout": "5s", "lock_timeout": "1s", "idle_in_transaction_session_timeout": "5s"},
    Process.OWNER: {
        "statement_timeout": "15min",
        "lock_timeout": "10s",
        "idle_in_transaction_session_timeout": "15min",
    },
}


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where one database is."""

    host: str
    port: int = PORT
    name: str = DATABASE_NAME
    sslmode: str = ""
    sslrootcert: str = ""
    password: str = ""

    def _encryption(self) -> dict[str, str]:
        named = {"sslmode": self.sslmode, "sslrootcert": self.sslrootcert}
        return {key: value for key, value in named.items() if value}

    def conninfo(self, *, user: str, password: str = "") -> str:
        """Return a libpq connection string for one login."""
        secret = {"password": password} if password else {}
        return make_conninfo(
            host=self.host, port=self.port, dbname=self.name, user=user, **secret, **self._encryption()
        )

    def session_of(self, process: Process) -> str:
        """Return the connection string of one process's login, with its timeouts."""
        options = " ".join(f"-c {name}={value}" for name, value in TIMEOUTS[process].items())
        base = self.conninfo(user=process.login, password=self.password)
        return make_conninfo(base, options=options, application_name=process.login)

    def django_settings(self, process: Process) -> dict[str, Any]:
        """Return one entry of Django's DATABASES for one process's login."""
        session = {"search_path": SEARCH_PATH, **TIMEOUTS[process]}
        return {
            "ENGINE": "chengxin.database.backend",
            "NAME": self.name,
            "USER": process.login,
            "PASSWORD": self.password,
            "HOST": self.host,
            "PORT": str(self.port),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {
                "application_name": process.login,
                "options": " ".join(f"-c {name}={value}" for name, value in session.items()),
                **self._encryption(),
            },
        }


def var_dir(environ: Mapping[str, str] | None = None) -> Path:
    """Return the folder of everything this installation writes."""
    environ = os.environ if environ is None else environ
    home = Path(environ.get("CHENGXIN_HOME", Path.cwd()))
    return Path(environ.get("CHENGXIN_VAR", home / "var"))


def is_embedded(environ: Mapping[str, str]) -> bool:
    """Tell whether the database is the embedded one."""
    return not environ.get("DATABASE_URL")


def embedded_server(environ: Mapping[str, str] | None = None) -> EmbeddedServer:
    """Return the installation's embedded server, started or not."""
    return EmbeddedServer(var_dir(environ) / "postgres")


def address_of(environ: Mapping[str, str]) -> Address:
    """Return where the installation's database is."""
    if is_embedded(environ):
        return Address(host=str(socket_directory(var_dir(environ) / "postgres")))
    return _address_in(environ["DATABASE_URL"], password=_password(environ))


def session_of(process: str) -> str:
    """Return the connection string of a process of this installation."""
    return address_of(os.environ).session_of(Process(process))


def process_of(environ: Mapping[str, str]) -> Process:
    """Return which process this is; pages are the default because they may do least."""
    named = environ.get("CHENGXIN_PROCESS") or Process.WEB.value
    try:
        return Process(named)
    except ValueError:
        known = "web, worker, sequencer, keys or owner"
        raise ImproperlyConfigured(f"CHENGXIN_PROCESS is {named!r}; it must be {known}.") from None


def database_settings(environ: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Return Django's DATABASES: one login, that of this process."""
    return {"default": address_of(environ).django_settings(process_of(environ))}


def _password(environ: Mapping[str, str]) -> str:
    file = environ.get("CHENGXIN_DATABASE_PASSWORD_FILE")
    return Path(file).read_text(encoding="utf-8").strip() if file else ""


def _address_in(url: str, *, password: str) -> Address:
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://.")
    if parts.username or parts.password:
        raise ImproperlyConfigured(
            "DATABASE_URL must name no login: each process logs in as itself (CHENGXIN_PROCESS), "
            "with the password in CHENGXIN_DATABASE_PASSWORD_FILE."
        )
    query = dict(parse_qsl(parts.query))
    if unknown := sorted(set(query) - {"host", "sslmode", "sslrootcert"}):
        raise ImproperlyConfigured(f"DATABASE_URL has parameters we do not know: {', '.join(unknown)}.")
    host = query.get("host") or unquote(parts.hostname or "localhost")
    is_local = host.startswith("/") or host in {"localhost", "127.0.0.1", "::1"}
    return Address(
        host=host,
        port=parts.port or PORT,
        name=unquote(parts.path.lstrip("/")) or DATABASE_NAME,
        sslmode=query.get("sslmode") or ("" if is_local else "verify-full"),
        sslrootcert=query.get("sslrootcert") or ("" if is_local or "sslmode" in query else "system"),
        password=password,
    )
