"""A citizen of the benches with twenty lines, signed in."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benches import ground

NUMBER, SECOND = "390101199001010017", "390101199001010025"
HEAD = (
    "行政相对人名称,CF_XDR_LB,CF_XDR_SHXYM,CF_XDR_ZJLX,CF_XDR_ZJHM,CF_WSH,CF_WFXW,CF_WFSS,CF_CFYJ,CF_CFLB,CF_NR,"
    "CF_NR_FK,CF_JDRQ,CF_CFJG,CF_CFJGDM,送达日期\n"
)
ROW = (
    "林禾舟,自然人,,身份证,{number},云市监处罚〔2026〕{no}号,虚假宣传,发布虚假广告,广告法第五十五条,罚款,罚款一千元,"
    "0.1,2026-09-20,云汀市市场监督管理局,91390100MA0000015M,2026-09-21\n"
)


def citizen_with_lines(lines: int) -> tuple[str, str]:
    """Return (username, session key) of a citizen with that many lines; made once."""
    return _citizen("bench-lin", NUMBER, lines, first_document=90_000_000)


def second_citizen_with_lines(lines: int) -> tuple[str, str]:
    """Return (username, session key) of another citizen with that many lines; made once."""
    return _citizen("bench-mu", SECOND, lines, first_document=91_000_000)


def _citizen(username: str, number: str, lines: int, *, first_document: int) -> tuple[str, str]:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from chengxin.access import facade as access
    from chengxin.access.models import Account
    from chengxin.database.contracts import Channel
    from chengxin.kernel.actor import platform
    from chengxin.kernel.clock import legal_day, now
    from chengxin.kernel.identifiers import IdentifierKind
    from chengxin.subjects import facade as subjects

    if access.find_account(username, on=legal_day(now())) is None:
        with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
            file.write(HEAD + "".join(ROW.format(number=number, no=first_document + no) for no in range(lines)))
            file.flush()
            ground.file_and_accept(Path(file.name))
        setup = platform("setup")
        with access.acting_for(setup, channel=Channel.JOB, purpose="filing"):
            subject = subjects.find_by_number(IdentifierKind.ID_NO, number)
        assert subject is not None
        access.open_account(username, actor=setup, now=now(), subject_id=subject.id)
    account = Account.objects.get(username=username)
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    return username, str(session.session_key)
