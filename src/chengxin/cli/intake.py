"""`chengxin intake load`: hand in a file from the command line, for files larger than a page takes."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import TYPE_CHECKING

from chengxin.cli.arguments import given_file
from chengxin.cli.keyservice import key_service
from chengxin.cli.serve import installation_secret

if TYPE_CHECKING:
    from chengxin.intake.contracts import Batch
    from chengxin.kernel.actor import Actor


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("intake", help="hand in files")
    commands = parser.add_subparsers(dest="intake_command", required=True)
    load = commands.add_parser("load", help="check a file; with two accounts of the body also accept it")
    load.add_argument("file", type=given_file)
    load.add_argument("--item", required=True, help="catalogue item, such as penalty")
    load.add_argument("--body", required=True, help="code of the body that files")
    load.add_argument("--clerk", default="", help="account that hands in (default: the body's first clerk)")
    load.add_argument("--approver", default="", help="account of the second person; without it the batch waits")
    load.add_argument("--json", action="store_true", help="print one object")
    load.set_defaults(run=run_load)


def run_load(arguments: argparse.Namespace) -> int:
    """Hand in, say what is questioned, and accept if a second person is named."""
    os.environ.setdefault("CHENGXIN_PROCESS", "worker")
    installation_secret()
    import django  # noqa: PLC0415 - settings are read after the environment is set

    django.setup()
    from chengxin.catalogue.facade import follow_published  # noqa: PLC0415

    follow_published()
    with key_service():
        return _load(arguments)


def _load(arguments: argparse.Namespace) -> int:
    from chengxin.access import facade as access  # noqa: PLC0415
    from chengxin.database.contracts import Channel  # noqa: PLC0415
    from chengxin.intake import facade as intake  # noqa: PLC0415
    from chengxin.kernel.clock import now  # noqa: PLC0415

    clerk = _officer(arguments.body, arguments.clerk, role="clerk")
    with access.acting_for(clerk, channel=Channel.INTAKE, purpose="filing"):
        batch = intake.upload(
            arguments.file,
            file_name=arguments.file.name,
            item_code=arguments.item,
            actor=clerk,
            now=now(),
            channel="command",
        )
        if batch.state == "validated" and batch.good:
            batch = intake.submit(batch.id, actor=clerk, now=now())
    if arguments.approver and batch.state == "submitted":
        approver = _officer(arguments.body, arguments.approver, role="approver")
        intake.decide(batch.id, approves=True, actor=approver, now=now())
    with access.acting_for(clerk, channel=Channel.INTAKE, purpose="filing"):
        batch = intake.get_batch(batch.id)
        issues = intake.count_issues(batch.id)
    _print(batch, issues, as_json=arguments.json)
    return 0 if batch.good else 1


def _officer(body: str, username: str, *, role: str) -> Actor:
    """Return the named account acting for the body, or the body's first account with the role."""
    from chengxin.access import facade as access  # noqa: PLC0415
    from chengxin.kernel.actor import Role  # noqa: PLC0415
    from chengxin.kernel.clock import legal_day, now  # noqa: PLC0415
    from chengxin.kernel.refusal import Refusal, Refused  # noqa: PLC0415

    on = legal_day(now())
    account = access.find_account(username, on=on) if username else None
    if account is None and not username:
        account = next(iter(access.list_colleagues(body, role=Role(role), on=on)), None)
    if account is None:
        raise Refused(
            Refusal(code="A-NO-OFFICER", what="没有找到这个单位的账户。", next_step="请核对单位代码和账户名。")
        )
    return access.actor_for_account(account, on=on, body=body)


def _print(batch: Batch, issues: list[tuple[str, int]], *, as_json: bool) -> None:
    counts = {
        name: getattr(batch, name)
        for name in ("rows", "good", "questioned", "accepted", "corrected", "repeated", "held", "published")
    }
    if as_json:
        print(json.dumps({"number": batch.number, "state": batch.state, **counts, "issues": dict(issues)}))
        return
    print(f"{batch.number}  {batch.state}")
    for name, count in counts.items():
        print(f"  {name:<12}{count:>12,}")
    for code, times in issues:
        print(f"  {code:<20}{times:>8,}", file=sys.stderr)
