"""`chengxin setup FILE`: publish the catalogue and enter the bodies and first accounts of an installation."""

from __future__ import annotations

import argparse
import os
import secrets
from typing import TYPE_CHECKING, Any

from chengxin.cli.arguments import given_file
from chengxin.kernel.yaml_text import read_yaml

if TYPE_CHECKING:
    from datetime import datetime

    from chengxin.access.contracts import Body
    from chengxin.kernel.actor import Actor


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("setup", help="publish the catalogue, enter bodies and first accounts")
    parser.add_argument("file", type=given_file, help="YAML: bodies and accounts (docs/installation.example.yaml)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Bring the installation up to the file; what exists stays, and a new account's password is said once."""
    given = read_yaml(arguments.file.read_text("utf-8"))
    import django  # noqa: PLC0415 - settings are read after the environment is set

    django.setup()
    from chengxin.access import facade as access  # noqa: PLC0415
    from chengxin.catalogue import facade as catalogue  # noqa: PLC0415
    from chengxin.database.facade import embedded_server, is_embedded  # noqa: PLC0415
    from chengxin.kernel.actor import platform  # noqa: PLC0415
    from chengxin.kernel.clock import now  # noqa: PLC0415

    if is_embedded(os.environ):
        embedded_server(os.environ).start()
    actor, moment = platform("setup"), now()
    loaded = catalogue.load(now=moment)
    print(f"catalogue: {loaded.added} item versions published, {loaded.kept} kept")
    bodies = [_body(one) for one in given.get("bodies", ())]
    access.open_bodies(bodies, actor=actor, now=moment)
    rights = _give_rights(bodies, actor=actor, moment=moment)
    print(f"bodies: {len(bodies)}, rights to file: {rights}")
    for one in given.get("accounts", ()):
        _open_account(one["username"], posts=one.get("posts", ()), actor=actor, moment=moment)
    return 0


def _body(given: dict[str, Any]) -> Body:
    from chengxin.access.contracts import Body  # noqa: PLC0415

    zh, en = given["name"]
    return Body(
        code=given["code"],
        name_zh=zh,
        name_en=en,
        uscc=given.get("uscc", ""),
        area=str(given["area"]),
        level=given["level"],
        fields_of_work=tuple(given.get("departments", ())),
        parent=given.get("parent", ""),
        is_credit_office=given.get("is_credit_office", False),
    )


def _give_rights(bodies: list[Body], *, actor: Actor, moment: datetime) -> int:
    """Give each body the right to file the items its departments are a source of."""
    from chengxin.access import facade as access  # noqa: PLC0415
    from chengxin.catalogue import facade as catalogue  # noqa: PLC0415
    from chengxin.kernel.clock import legal_day  # noqa: PLC0415

    on = legal_day(moment)
    rights = [
        (body.code, item.code)
        for body in bodies
        for item in catalogue.list_items(on=on)
        if body.fields_of_work and ("any" in item.sources or item.sources & set(body.fields_of_work))
    ]
    access.give_source_rights(rights, actor=actor, now=moment, starts_on=on)
    return len(rights)


def _open_account(username: str, *, posts: list[dict[str, str]], actor: Actor, moment: datetime) -> None:
    from chengxin.access import facade as access  # noqa: PLC0415
    from chengxin.kernel.actor import Role  # noqa: PLC0415
    from chengxin.kernel.clock import legal_day  # noqa: PLC0415

    on = legal_day(moment)
    account = access.find_account(username, on=on)
    if account is None:
        password = secrets.token_urlsafe(18)
        account = access.open_account(username, actor=actor, now=moment, password=password, password_is_one_time=True)
        print(f"account: {username}  one-time password: {password}")
    held = {(post.body, post.role) for post in account.posts}
    for post in posts:
        if (post["body"], post["role"]) not in held:
            role = Role(post["role"])
            access.give_post(account.id, body=post["body"], role=role, actor=actor, now=moment, starts_on=on)
