"""The scenario at a small size: departments, one person, two programs in processes of their own."""

from datetime import timedelta

import pytest

from chengxin.access.tests.cast import sign_in
from chengxin.audit.tests.conftest import sequence
from chengxin.demo import staff
from chengxin.demo.correction import ORGAN, WHO, Correction
from chengxin.demo.life.stage import Stage
from chengxin.demo.plans import workdays_before
from chengxin.demo.staff import GUESTS
from chengxin.demo.tests.conftest import TODAY
from chengxin.jobs import facade as jobs
from chengxin.jobs.tests.conftest import log_in_as_worker
from chengxin.kernel.clock import now, start_of

__all__ = ["sequence"]


def fetch(path: str) -> bytes:
    answer = sign_in(WHO).get(path)
    assert answer.status_code == 200, path
    return answer.content


def carry(later: timedelta) -> None:
    with log_in_as_worker():
        jobs.deliver_due(now=now() + later)


@pytest.fixture
def folder(tmp_path, settings):
    """Keep what the recipients and the person hold, and let recipients be called at localhost."""
    made = tmp_path / "correction"
    settings.WEBHOOK_NETWORKS, settings.WEBHOOK_CA = "127.0.0.0/8, ::1/128", str(made / "localhost.pem")
    return made


@pytest.mark.clause("P4.3a")
@pytest.mark.clause("R9")
@pytest.mark.wall_clock
@pytest.mark.django_db(transaction=True)
def test_everybody_who_read_a_wrong_line_receives_its_correction_and_the_person_verifies_each_step(
    prepared, province, live_server, folder, sequence
) -> None:
    staff.open_citizens(province, now=start_of(workdays_before(TODAY)[0]) - timedelta(days=10))
    said: list[str] = []
    ending = Correction(
        stage=Stage(province),
        platform=f"{live_server.url}/api/v1",
        folder=folder,
        fetch=fetch,
        carry=carry,
        settle=sequence,
        say=said.append,
    ).tell()
    assert [line[0] for line in said if line[0] in "①②③④⑤⑥⑦"] == list("①②③④⑤⑥⑦")
    assert ending.receipts == {
        ORGAN: ["marked", "replaced", "replaced"],
        GUESTS["bank"]: ["marked", "deleted", "not_held"],
    }
    assert ending.held == {"人社厅订阅程序": 2}
    counted = {kind: ending.verified[kind] for kind in ("mark", "correct", "consent", "receipt")}
    assert counted == {"mark": 2, "correct": 1, "consent": 1, "receipt": 6}
    assert ending.forgery_was_noticed
