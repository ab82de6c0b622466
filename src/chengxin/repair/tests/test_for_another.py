"""A representative applies for the repair of a line where the mandate says so, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.db.utils import ProgrammingError
from tests.worlds import world

from chengxin.access import facade as access
from chengxin.archives.tests.conftest import citizen, sign_in
from chengxin.database.contracts import Channel
from chengxin.intake.tests.conftest import NOW
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import simulated
from chengxin.kernel.refusal import Refused
from chengxin.repair import facade
from chengxin.repair.contracts import Handed
from chengxin.repair.tests.conftest import FIRST_DAY, apply
from chengxin.representation import facade as representation
from chengxin.representation.contracts import Mandate, Wanted
from chengxin.representation.tests.test_by_law import CreditOffice, as_officer, office, registered
from chengxin.subjects.models import Subject

__all__ = ["office"]

WANG_NUMBER = "390202198506151023"


@world
def wang(lin: Actor) -> Actor:
    return citizen("wang", WANG_NUMBER)


def given(lin: Actor, wang: Actor, *scopes: str) -> Mandate:
    offered = representation.grant(lin, Wanted(name="望星遥", number=WANG_NUMBER, scopes=scopes, days=60), now=NOW)
    return representation.accept(wang, offered.id, now=NOW)


def refused(code: str, do: Callable[[], object]) -> None:
    with pytest.raises(Refused) as raised:
        do()
    assert raised.value.refusal.code == code


def seen_by(actor: Actor, table: str) -> int:
    with access.acting_for(actor, channel=Channel.SELF, purpose="repair"), connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        return int(cursor.fetchone()[0])


def test_a_representative_applies_and_the_person_sees_who_did_and_alone_withdraws(
    lin: Actor, wang: Actor, papers: list[Handed]
) -> None:
    mandate = given(lin, wang, "repair")
    acting = representation.stand_in(wang, mandate)
    number = apply(acting, papers)
    (mine,) = facade.own_applications(lin, now=FIRST_DAY)
    assert (mine.number, len(mine.papers)) == (number, 2)
    assert [one.number for one in facade.own_applications(acting, now=FIRST_DAY)] == [number]
    refused("A-BEYOND-SCOPE", lambda: facade.withdraw(acting, number, now=FIRST_DAY))
    page = sign_in("lin").get("/me/looks").content.decode()
    assert "您的代理人望星遥" in page
    representation.end(lin, mandate.id, now=NOW)
    assert [seen_by(acting, one) for one in ("repair_application", "repair_paper", "casework_case")] == [0, 0, 0]
    facade.withdraw(lin, number, now=FIRST_DAY)
    assert facade.own_applications(lin, now=FIRST_DAY)[0].closed_at is not None


def test_a_mandate_to_object_repairs_nothing_and_sees_no_application(
    lin: Actor, wang: Actor, papers: list[Handed]
) -> None:
    apply(lin, papers)
    acting = representation.stand_in(wang, given(lin, wang, "object"))
    refused("A-BEYOND-SCOPE", lambda: apply(acting, papers))
    refused("A-BEYOND-SCOPE", lambda: facade.own_prospects(acting, now=FIRST_DAY))
    assert [seen_by(acting, one) for one in ("repair_application", "repair_paper", "casework_case")] == [0, 0, 0]
    assert len(facade.own_applications(lin, now=FIRST_DAY)) == 1


def test_what_a_representative_writes_bears_their_own_name(lin: Actor, wang: Actor, papers: list[Handed]) -> None:
    apply(lin, papers)
    acting = representation.stand_in(wang, given(lin, wang, "repair"))
    forged = (
        "insert into repair_application (id, number, subject_id, record_id, record_version, item_code, body, case_id,"
        " applied_at, applied_by, earliest_on, sealed) select gen_random_uuid(), 'x', subject_id, record_id,"
        " record_version, item_code, body, case_id, applied_at, applied_by, earliest_on, sealed from repair_application"
    )
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        access.acting_for(acting, channel=Channel.SELF, purpose="repair"),
        connection.cursor() as cursor,
    ):
        cursor.execute(forged)


def test_a_guardian_applies_for_their_ward_alone_reads_it_and_no_longer_once_the_ward_is_of_full_capacity(
    lin: Actor, wang: Actor, office: CreditOffice, papers: list[Handed]
) -> None:
    with simulated(NOW):
        held = registered(wang, office)
    with simulated(FIRST_DAY):
        live, _name = representation.begin(wang, held.id, now=FIRST_DAY)
        acting = representation.stand_in(wang, live)
        number = apply(acting, papers)
        assert [one.number for one in facade.own_applications(acting, now=FIRST_DAY)] == [number]
        assert facade.own_application(acting, number, now=FIRST_DAY).papers != ()
        refused("A-BEYOND-SCOPE", lambda: facade.withdraw(acting, number, now=FIRST_DAY))
        # The guardian's own file is another one: there is no line and no application in it.
        assert facade.own_applications(wang, now=FIRST_DAY) == []
        page = sign_in("lin").get("/me/looks").content.decode()
        assert "登记的监护人" in page
        as_officer(lambda: Subject.objects.filter(id=lin.subject_id).update(status="active"))
        assert [seen_by(acting, one) for one in ("repair_application", "repair_paper", "casework_case")] == [0, 0, 0]
        assert facade.own_applications(acting, now=FIRST_DAY) == []
    (mine,) = facade.own_applications(lin, now=FIRST_DAY)
    assert (mine.number, mine.closed_at) == (number, None)
