"""The closing scenario of lists at a small size: four programs in processes of their own, one of them away."""

from datetime import timedelta

import pytest

from chengxin.demo import staff
from chengxin.demo.interception import ASKER, AWAY, FOLLOWERS, KEEPS, Interception
from chengxin.demo.life.stage import Stage
from chengxin.demo.plans import workdays_before
from chengxin.demo.tests.conftest import TODAY
from chengxin.jobs import facade as jobs
from chengxin.jobs.tests.conftest import log_in_as_worker
from chengxin.kernel.clock import now, start_of
from chengxin.matching import facade as matching


def carry(later: timedelta) -> None:
    with log_in_as_worker():
        jobs.deliver_due(now=now() + later)


def keep() -> None:
    with log_in_as_worker():
        done = jobs.run_tasks(now=now(), force=True, tasks=[one for one in jobs.list_tasks() if one.name in KEEPS])
    assert set(done) == set(KEEPS)


@pytest.fixture
def folder(tmp_path, settings):
    """Keep what the programs hold, and let them be called at localhost."""
    matching.KEEPER.forget()
    made = tmp_path / "interception"
    settings.WEBHOOK_NETWORKS, settings.WEBHOOK_CA = "127.0.0.0/8, ::1/128", str(made / "localhost.pem")
    return made


@pytest.mark.clause("P5.2d")
@pytest.mark.clause("P5.2b")
@pytest.mark.wall_clock
@pytest.mark.django_db(transaction=True)
def test_a_listed_applicant_is_intercepted_by_people_and_its_warning_is_lifted_at_every_subscriber_with_receipts(
    prepared, province, live_server, folder
) -> None:
    staff.open_citizens(province, now=start_of(workdays_before(TODAY)[0]) - timedelta(days=10))
    said: list[str] = []
    ending = Interception(
        stage=Stage(province),
        platform=f"{live_server.url}/api/v1",
        folder=folder,
        keep=keep,
        carry=carry,
        say=said.append,
    ).tell()
    assert [line[0] for line in said if line[0] in "①②③④⑤⑥⑦"] == list("①②③④⑤⑥⑦")
    assert (ending.hits_before, ending.in_force, ending.hits_after) == (1, 1, 0)
    assert ending.receipts == {body: ["deleted"] for body in FOLLOWERS}
    assert ending.recalled == ["stopped"]
    assert ending.in_use == {f"{body} 名单程序": 0 for body in (*FOLLOWERS, ASKER)}
    assert max(ending.seconds, ending.seconds_after_return) <= 300
    assert AWAY in ending.receipts
    assert said[-1] == "⑦ 不超过5分钟：是"
