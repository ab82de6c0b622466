"""Lin has a penalty; an officer asks, an audit administrator of another post confirms, an outsider must see nothing."""

from dataclasses import dataclass
from datetime import date

from tests.worlds import world

from chengxin.access import facade as access
from chengxin.access.tests.cast import open_body, open_staff
from chengxin.archives.tests.conftest import lin
from chengxin.intake.tests.conftest import accept, ground, hand_in, market
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.clock import legal_day, now

__all__ = ["accept", "ground", "hand_in", "lin", "market"]


@dataclass(frozen=True)
class People:
    """Who takes part, each as an actor."""

    officer: Actor
    auditor: Actor
    outsider: Actor


def actor_named(username: str) -> Actor:
    on = legal_day(now())
    account = access.find_account(username, on=on)
    assert account is not None
    return access.actor_for_account(account, on=on)


@world
def people(lin: Actor) -> People:
    assert date(2026, 1, 1) <= legal_day(now())
    open_body("YTJY", area="390100")
    open_body("39-SJ", area="39", level="province", is_credit_office=True)
    open_body("44-XX", area="44")
    open_staff("officer", Role.CASE_OFFICER, body="YTJY")
    open_staff("sj-audit", Role.AUDIT_ADMIN, body="39-SJ")
    open_staff("outsider", Role.CASE_OFFICER, Role.AUDIT_ADMIN, body="44-XX")
    return People(officer=actor_named("officer"), auditor=actor_named("sj-audit"), outsider=actor_named("outsider"))
