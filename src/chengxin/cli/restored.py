"""`chengxin restored`: after a restore, try the keys on what came back, and erase again who had been erased."""

from __future__ import annotations

import argparse
import os
import sys
from uuid import UUID

from chengxin.cli.keyservice import key_service

TRIED_KEYS = 1_000
TRIED_FILES = 20


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("restored", help="check a restored installation, repeat erasures")
    parser.add_argument("--erase", action="store_true", help="erase again every person without a data key")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Say what opens and what does not; exit 1 while anything is wrong."""
    os.environ.setdefault("CHENGXIN_PROCESS", "worker")
    import django  # noqa: PLC0415 - settings are read after the environment is set

    django.setup()
    with key_service():
        return _check(may_erase=arguments.erase)


def _check(*, may_erase: bool) -> int:
    from chengxin.access import facade as access  # noqa: PLC0415
    from chengxin.database.contracts import Channel  # noqa: PLC0415
    from chengxin.kernel.actor import platform  # noqa: PLC0415
    from chengxin.kernel.clock import now  # noqa: PLC0415
    from chengxin.subjects import facade as subjects  # noqa: PLC0415

    actor = platform("restore")
    with access.acting_for(actor, channel=Channel.JOB, purpose="administration"):
        closed = _closed_keys(subjects.list_wrapped(limit=TRIED_KEYS))
        unsound = _unsound_files()
        keyless = len(subjects.list_keyless())
        if keyless and may_erase:
            print(f"{subjects.erase_again(actor=actor, now=now())} persons erased again.")
            keyless = 0
    if keyless:
        print(f"{keyless} persons have no data key: they were erased after the backup, or the backup of the keys ")
        print("is older than that of the database. When the newest backup of the keys is in place: --erase.")
    return 1 if closed or keyless or unsound else 0


def _closed_keys(wrapped: dict[UUID, bytes]) -> int:
    from chengxin.crypto import facade as crypto  # noqa: PLC0415
    from chengxin.crypto.contracts import Tried, Try  # noqa: PLC0415

    reply = crypto.ask(Try([subject_id.bytes for subject_id in wrapped], list(wrapped.values())))
    opens = sum(reply.opens) if isinstance(reply, Tried) else 0
    print(f"{opens} of {len(wrapped)} data keys open with the key files of this installation.")
    return len(wrapped) - opens


def _unsound_files() -> int:
    from chengxin.audit import facade as audit  # noqa: PLC0415
    from chengxin.files import facade as files  # noqa: PLC0415

    tried, unsound = files.list_unsound(limit=TRIED_FILES, unlock=audit.unlock)
    print(f"{tried - len(unsound)} of {tried} kept files open.")
    for digest in unsound:
        print(f"does not open: {digest}", file=sys.stderr)
    return len(unsound)
