"""`chengxin serve`: serve the site with granian, and work beside it; each process has its own login."""

from __future__ import annotations

import argparse
import os
import secrets
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from chengxin.cli.arguments import port
from chengxin.cli.beside import beside
from chengxin.cli.keyservice import key_service


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("serve", help="serve the site")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=port, default=8000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--matching-port", type=port, help="of `chengxin matching`; 0: none (default --port + 1)")
    parser.add_argument("--no-work", action="store_true", help="leave the outbox and the sweep to `chengxin work`")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Serve until interrupted."""
    installation_secret()
    is_working = not arguments.no_work
    return serve(
        host=arguments.host,
        port=arguments.port,
        workers=arguments.workers,
        is_working=is_working,
        matching_port=arguments.matching_port,
    )


def serve(
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    workers: int = 2,
    is_working: bool = True,
    matching_port: int | None = None,
) -> int:
    """Start database, key service, worker and matching if the database is ours, and granian, which is the web."""
    from chengxin.database.facade import embedded_server, is_embedded  # noqa: PLC0415

    is_ours = is_embedded(os.environ)
    if is_ours:
        embedded_server(os.environ).start()
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--blocking-threads", "4"),
        *("--host", host, "--port", str(port), "--workers", str(workers), "--no-ws"),
        "chengxin.site.wsgi:application",
    ]
    try:
        with ExitStack() as others:
            others.enter_context(key_service())
            # With a database of your own each is a service of its own: the worker's login has its own password.
            if is_ours and matching_port != 0:
                others.enter_context(beside("matching", "--host", host, "--port", str(matching_port or port + 1)))
            if is_ours and is_working:
                others.enter_context(beside("work"))
            return subprocess.call(command, env={**os.environ, "CHENGXIN_PROCESS": "web"})  # noqa: S603 - our own words
    except KeyboardInterrupt:
        return 0


def installation_secret() -> None:
    """Give this installation a secret key of its own, kept 0600 outside the database, if it was given none."""
    if os.environ.get("CHENGXIN_SECRET_KEY"):
        return
    home = Path(os.environ.get("CHENGXIN_HOME", Path.cwd()))
    file = Path(os.environ.get("CHENGXIN_VAR", home / "var")) / "secret.key"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f".{file.name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as target:
            target.write(secrets.token_hex(32))
        draft.replace(file)
    os.environ["CHENGXIN_SECRET_KEY"] = file.read_text("utf-8").strip()
