"""A database of the benches' own, with one department that may file penalties."""

from __future__ import annotations

import atexit
import os
import time
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path

BODY, USCC = "BENCH", "91390100MA0000015M"

# What runs beside a bench ends with it.
_beside = ExitStack()
atexit.register(_beside.close)


def prepare(root: Path) -> None:
    """Point every setting at a folder of the benches' own and bring its database up; call before Django is used."""
    var = root / "var" / "bench"
    os.environ.update(
        CHENGXIN_DEMO="1",
        CHENGXIN_VAR=str(var),
        CHENGXIN_PROCESS="web",
        CHENGXIN_SECRET_KEY="bench",
        DJANGO_SETTINGS_MODULE="chengxin.site.settings",
    )
    import django

    django.setup()
    from chengxin.crypto.facade import create_missing
    from chengxin.database.facade import prepare_installation

    create_missing(var / "keys")
    prepare_installation(os.environ, progress=lambda _: None)
    from chengxin.cli.keyservice import key_service
    from chengxin.cli.log import sequencing

    _beside.enter_context(key_service())
    _beside.enter_context(sequencing())


def open_department(now: datetime, *, code: str = BODY, item: str = "penalty", fields: tuple[str, ...] = ()) -> None:
    """Load the catalogue and open a department that files an item, its clerk and approver, unless they are there."""
    from chengxin.access import facade as access
    from chengxin.access.contracts import Body
    from chengxin.catalogue import facade as catalogue
    from chengxin.kernel.actor import Role, platform

    setup = platform("setup")
    catalogue.load(now=now)
    if access.find_body(code) is not None:
        return
    body = Body(
        code=code,
        name_zh="云汀市市场监督管理局",
        name_en="Market regulator",
        uscc=USCC,
        area="390100",
        level="city",
        fields_of_work=fields,
        parent="",
        is_credit_office=False,
    )
    access.open_bodies([body], actor=setup, now=now)
    access.give_source_rights([(code, item)], actor=setup, now=now, starts_on=date(2020, 1, 1))
    for role in (Role.CLERK, Role.APPROVER):
        account = access.open_account(f"{code.lower()}-{role.value}", actor=setup, now=now)
        access.give_post(account.id, body=code, role=role, actor=setup, now=now, starts_on=date(2020, 1, 1))


def file_and_accept(path: Path, *, code: str = BODY, item: str = "penalty") -> tuple[str, float, int]:
    """Hand a file in and have it approved; return the batch, the seconds of its acceptance and its new records."""
    from chengxin.access import facade as access
    from chengxin.database.contracts import Channel
    from chengxin.intake import facade as intake
    from chengxin.kernel.clock import legal_day, now

    people = {}
    for role in ("clerk", "approver"):
        account = access.find_account(f"{code.lower()}-{role}", on=legal_day(now()))
        assert account is not None
        people[role] = access.actor_for_account(account, on=legal_day(now()), body=code)
    clerk, approver = people["clerk"], people["approver"]
    with access.acting_for(clerk, channel=Channel.INTAKE, purpose="filing"):
        batch = intake.upload(path, file_name=path.name, item_code=item, actor=clerk, now=now(), channel="command")
        batch = intake.submit(batch.id, actor=clerk, now=now())
    started = time.perf_counter()
    done = intake.decide(batch.id, approves=True, actor=approver, now=now())
    seconds = time.perf_counter() - started
    return str(batch.id), seconds, done.accepted + done.corrected
