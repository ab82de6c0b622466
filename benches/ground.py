"""A database of the benches' own, with one department that may file penalties."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

BODY, USCC = "BENCH", "91390100MA0000015M"


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


def open_department(now: datetime) -> None:
    """Load the catalogue and open the department, its clerk and its approver, unless they are there."""
    from chengxin.access import facade as access
    from chengxin.access.contracts import Body
    from chengxin.catalogue import facade as catalogue
    from chengxin.kernel.actor import Role, platform

    setup = platform("setup")
    catalogue.load(now=now)
    if access.find_body(BODY) is not None:
        return
    body = Body(
        code=BODY,
        name_zh="云汀市市场监督管理局",
        name_en="Market regulator",
        uscc=USCC,
        area="390100",
        level="city",
        fields_of_work=(),
        parent="",
        is_credit_office=False,
    )
    access.open_bodies([body], actor=setup, now=now)
    access.give_source_rights([(BODY, "penalty")], actor=setup, now=now, starts_on=date(2020, 1, 1))
    for role in (Role.CLERK, Role.APPROVER):
        account = access.open_account(f"bench-{role.value}", actor=setup, now=now)
        access.give_post(account.id, body=BODY, role=role, actor=setup, now=now, starts_on=date(2020, 1, 1))
