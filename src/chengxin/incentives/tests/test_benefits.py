"""A code opens one use and names nobody; points are for the member's eyes only; officers choose hints."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from chengxin.access import facade as access
from chengxin.archives.tests.conftest import sign_in
from chengxin.audit import facade as audit
from chengxin.database.contracts import Channel
from chengxin.database.facade import ask
from chengxin.incentives import facade
from chengxin.incentives.contracts import Condition, Missing, Redeemed, Scene
from chengxin.incentives.tests.conftest import FIRM, NOW, draft
from chengxin.intake.tests.conftest import Office
from chengxin.kernel.actor import ANYONE, Actor, platform
from chengxin.kernel.refusal import Refused
from chengxin.records import facade as records


@pytest.mark.clause("P5.1d")
def test_a_code_is_redeemed_once_within_five_minutes_and_names_nobody(
    lin: Actor, scene: Scene, owner: psycopg.Connection
) -> None:
    token = facade.issue(lin, scene.id, now=NOW)
    assert NOW < token.expires_at <= NOW + timedelta(minutes=5)
    first, second = (facade.redeem(token.code.lower(), actor=ANYONE, now=NOW) for _ in range(2))
    assert (first.redeemed, first.scene and first.scene.used) == (Redeemed.YES, 1)
    assert (second.redeemed, second.scene) == (Redeemed.USED, None)
    late = facade.issue(lin, scene.id, now=NOW)
    assert facade.redeem(late.code, actor=ANYONE, now=late.expires_at).redeemed is Redeemed.NO
    assert facade.redeem("2345-2345-2345-2345", actor=ANYONE, now=NOW).redeemed is Redeemed.NO
    columns = ask("select column_name from information_schema.columns where table_name = 'incentives_token'", [])
    assert {name for (name,) in columns} == {"digest", "scene_id", "expires_at", "is_used"}
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_archive"):
        assert [look.purpose for look in audit.list_looks(lin.subject_id)][:2] == ["own_benefits", "own_benefits"]


@pytest.mark.clause("P5.1a")
def test_what_is_missing_is_said_and_no_code_is_made(lin: Actor, mo: Actor, scene: Scene) -> None:
    assert [one.missing for one in facade.own_benefits(lin, now=NOW)] == [None]
    (shut,) = facade.own_benefits(mo, now=NOW)
    assert shut.missing == Missing(lines=2)
    with pytest.raises(Refused, match="INC-NOT-OPEN"):
        facade.issue(mo, scene.id, now=NOW)


def test_a_deed_whose_record_was_withdrawn_opens_nothing_any_more(filed: Office, lin: Actor, scene: Scene) -> None:
    assert lin.subject_id is not None
    with access.acting_for(filed.clerk, channel=Channel.BODY, purpose="filing"):
        record = records.list_of_subject(lin.subject_id)[0]
        told = {"reason": "登记有误", "reference": "CH-1", "actor": filed.clerk, "now": NOW}
        records.withdraw(subject_id=record.subject_id, record_id=record.record_id, **told)
    assert [one.missing for one in facade.own_benefits(lin, now=NOW)] == [Missing(lines=1)]


def test_a_scene_that_was_ended_opens_nothing_from_the_next_day_on(
    lin: Actor, scene: Scene, office: tuple[Actor, Actor]
) -> None:
    facade.end_scene(office[0], scene.id, now=NOW)
    facade.issue(lin, scene.id, now=NOW)
    with pytest.raises(Refused, match="ABSENT"):
        facade.issue(lin, scene.id, now=NOW + timedelta(days=1))


def test_only_the_credit_office_opens_scenes(filed: Office, lin: Actor) -> None:
    for actor in (filed.clerk, lin):
        with pytest.raises(Refused):
            facade.open_scene(actor, draft(), now=NOW)


def members() -> int:
    ((count,),) = ask("select count(*) from incentives_member", [])
    return int(count)


@pytest.mark.clause("P3.4c")
def test_who_never_joined_has_no_row_and_leaving_deletes_it(lin: Actor, owner: psycopg.Connection) -> None:
    assert facade.own_wallet(lin, now=NOW) is None
    facade.join(lin, now=NOW)
    wallet = facade.own_wallet(lin, now=NOW)
    assert wallet is not None
    assert (wallet.total, [one.points for one in wallet.earned]) == (10, [5, 5])
    facade.leave(lin, now=NOW)
    assert facade.own_wallet(lin, now=NOW) is None
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_benefits"):
        assert members() == 0


@pytest.mark.clause("P3.4c")
def test_redline_09_no_office_no_job_and_no_other_person_reads_points(
    lin: Actor, mo: Actor, office: tuple[Actor, Actor], filed: Office
) -> None:
    facade.join(lin, now=NOW)
    ways = [
        (mo, Channel.SELF, "own_benefits"),
        (office[0], Channel.OFFICE, "oversight"),
        (filed.clerk, Channel.BODY, "case_handling"),
        (platform("bench"), Channel.JOB, "filing"),
        (lin, Channel.REPORT, "own_report"),
    ]
    for actor, channel, purpose in ways:
        with access.acting_for(actor, channel=channel, purpose=purpose):
            assert members() == 0, (actor.key, channel)
    with access.acting_for(lin, channel=Channel.SELF, purpose="own_benefits"):
        assert members() == 1


def test_points_open_a_scene_for_members_only(lin: Actor, office: tuple[Actor, Actor]) -> None:
    condition = Condition(items=("volunteering",), points=10)
    facade.open_scene(office[0], draft(condition=condition), now=NOW)
    assert [one.missing and one.missing.points for one in facade.own_benefits(lin, now=NOW)] == [10]
    facade.join(lin, now=NOW)
    assert [one.missing for one in facade.own_benefits(lin, now=NOW)] == [None]


def test_points_that_are_off_exist_for_nobody(lin: Actor, settings: object) -> None:
    settings.POINTS = False  # type: ignore[attr-defined]
    for verb in (facade.join, facade.leave, facade.own_wallet):
        with pytest.raises(Refused, match="INC-POINTS-OFF"):
            verb(lin, now=NOW)


@pytest.mark.clause("P5.1b")
def test_an_officer_sees_why_a_hint_is_there_and_says_why_it_is_not_used(filed: Office) -> None:
    found, hints = facade.hints_for(filed.clerk, FIRM, now=NOW)
    assert found.name == "云汀禾木商贸有限公司"
    assert [one.code for one in hints] == ["fast_track", "lenient_intake", "fewer_inspections"]
    assert hints[0].because == ("诚信示范单位",)
    facade.choose(filed.clerk, FIRM, matter="XK-1", hint="fast_track", reasons="材料不齐", now=NOW)
    facade.choose(filed.clerk, FIRM, matter="XK-1", hint="lenient_intake", reasons="", now=NOW)
    kept = facade.choices_of(filed.clerk, found.subject_id, now=NOW)
    assert sorted((one.hint, one.is_used, one.reasons) for one in kept) == [
        ("fast_track", False, "材料不齐"),
        ("lenient_intake", True, ""),
    ]
    with (
        access.acting_for(filed.clerk, channel=Channel.BODY, purpose="incentive_review"),
        pytest.raises(IntegrityError, match="incentives_choice_reason"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "insert into incentives_choice select gen_random_uuid(), subject_id, body, 'XK-2', hint, false, '', at,"
            " actor_key from incentives_choice limit 1"
        )


@pytest.mark.clause("P5.1d")
def test_on_the_pages_a_link_redeems_nothing_and_the_button_does(lin: Actor, scene: Scene) -> None:
    mine = sign_in("lin")
    shown = mine.post(f"/me/benefits/{scene.id}/token")
    code = shown.context["token"].code
    assert "林" not in shown.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    partner = Client()
    assert code in partner.get("/verify/token", {"code": code}).content.decode()
    answers = [partner.post("/verify/token", {"code": code}).content.decode() for _ in range(2)]
    assert "有效，已经核销" in answers[0]
    assert "办读者证不收押金" in answers[0]
    assert "已经用过" in answers[1]
    assert "办读者证不收押金" not in answers[1]
    assert ">1</td>" in partner.get("/incentives").content.decode().replace(" ", "")


def test_the_pages_let_a_person_join_and_leave_and_an_officer_open_a_scene(
    lin: Actor, office: tuple[Actor, Actor]
) -> None:
    mine = sign_in("lin")
    assert "没有关于积分的任何一行" in mine.get("/me/points").content.decode()
    assert mine.post("/me/points", {"verb": "join"}).status_code == 302
    assert "社区" not in mine.get("/me/points").content.decode()
    assert mine.post("/me/points", {"verb": "leave"}).status_code == 302
    desk = sign_in("xy-first")
    given = {
        "title": "公交优惠", "family": "culture", "partner": "云汀公交", "benefit": "lower_price",
        "gives": "票价八折。",
        "normal": "按公布的票价乘车，老人免费。", "items": ["volunteering"], "least": 1, "years": 3, "points": 0,
        "starts_on": "2026-11-23", "ends_on": "2027-11-23",
    }  # fmt: skip
    assert desk.post("/office/scenes", given | {"gives": "其他人加收两元。"}).status_code == 422
    assert desk.post("/office/scenes", given).status_code == 302
    assert "公交优惠" in Client().get("/incentives").content.decode()
    assert "公交优惠" in mine.get("/me/benefits").content.decode()
