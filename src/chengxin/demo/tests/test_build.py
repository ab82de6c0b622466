import sys
import time
from dataclasses import replace
from datetime import date

import pytest

from chengxin.access import facade as access
from chengxin.demo import staff
from chengxin.demo.cast import sign_ins
from chengxin.demo.clerks import AHEAD, handed_by
from chengxin.demo.handing import hand_in
from chengxin.demo.replay import approve, replay
from chengxin.demo.state import State
from chengxin.intake.contracts import BatchState
from chengxin.kernel.clock import start_of

TODAY = date(2026, 11, 24)
CHOSEN = 5


def run(filings, officers, folder):
    state = State(size="S", seed=39, today=TODAY)
    kept = []
    handed = (hand_in(filing, folder=folder, officers=officers) for filing in filings)
    replay(handed, state=state, officers=officers, keep=lambda s: kept.append(s.last_filing), step=lambda: None)
    return state, kept


def test_departments_and_the_cast_have_accounts_and_opening_them_again_changes_nothing(prepared, province):
    now = start_of(TODAY)
    staff.open_officers(province.bodies, cast=province.cast, now=now)
    staff.open_clients(province.cast, now=now)
    assert len(list(access.list_bodies())) == 62
    clerk = access.find_account("clerk", on=TODAY)
    assert [(post.body, post.role) for post in clerk.posts] == [("390100.market", "clerk")]
    assert len(access.list_clients("390503.bank")) == 1
    assert {"lin", "namesake", "clerk", "audit_admin"} <= {member.username for member in sign_ins()}
    assert {"minor", "deceased", "bank", "public"}.isdisjoint(member.username for member in sign_ins())


def test_filings_go_through_the_doors_and_answer_as_the_truth_says(prepared, filings, tmp_path):
    chosen = [f for f in filings if f.expected.questioned and not f.expected.review][:CHOSEN]
    state, kept = run(chosen, prepared, tmp_path)
    assert state.counts["batches"] == CHOSEN
    assert state.counts["rows"] == sum(f.expected.rows for f in chosen)
    assert state.counts["questioned"] == sum(f.expected.questioned for f in chosen)
    assert state.counts["accepted"] == state.counts["rows"] - state.counts["questioned"]
    assert kept == [f.number for f in chosen]


def test_a_filing_that_is_in_already_is_left_as_it_is(prepared, filings, tmp_path):
    first = filings[0]
    handed = hand_in(first, folder=tmp_path, officers=prepared)
    once = approve(handed, officers=prepared)
    again = hand_in(first, folder=tmp_path, officers=prepared)
    twice = approve(again, officers=prepared)
    assert once.state is BatchState.ACCEPTED
    assert again == replace(handed, waits=False)
    assert twice == once
    assert twice.accepted > 0


# Clerks that hand in what they are let, and keep in a file how many they handed in.
SAYS = """
import json, pathlib, sys
for number in range(1, int(sys.argv[2]) + 1):
    if not sys.stdin.readline():
        break
    pathlib.Path(sys.argv[1]).write_text(str(number))
    handed = {"number": number, "day": "2026-11-24", "body_code": "390100.market", "waits": True}
    print(json.dumps({**handed, "batch_id": "%032x" % number}), flush=True)
sys.exit(int(sys.argv[3]))
"""


def says(file, count, *, ends_with=0):
    return [sys.executable, "-c", SAYS, str(file), str(count), str(ends_with)]


def handed_in(file, wanted, *, seconds=20):
    """Return how many were handed in as soon as it is as many as wanted, or after some time."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends and not (file.exists() and file.read_text() == str(wanted)):
        time.sleep(0.01)
    return int(file.read_text())


def test_clerks_are_at_most_two_filings_ahead_of_the_approver(tmp_path):
    file = tmp_path / "count"
    taken = handed_by(says(file, 10))
    assert next(taken).number == 1
    assert handed_in(file, AHEAD) == AHEAD
    time.sleep(0.2)
    assert handed_in(file, AHEAD) == AHEAD
    assert [one.number for one in taken] == list(range(2, 11))


def test_clerks_end_when_nobody_takes_what_they_hand_in(tmp_path):
    file = tmp_path / "count"
    taken = handed_by(says(file, 10))
    next(taken)
    taken.close()
    assert handed_in(file, AHEAD) == AHEAD


def test_clerks_may_be_gone_before_their_last_filing_is_approved(tmp_path):
    taken = handed_by(says(tmp_path / "count", 1))
    assert next(taken).number == 1
    # Clerks that are over leave no reader of what they are let: nothing of it may be written again at the end.
    time.sleep(1)
    assert list(taken) == []


def test_clerks_who_fail_stop_the_build(tmp_path):
    with pytest.raises(RuntimeError, match="The clerks ended with 3"):
        list(handed_by(says(tmp_path / "count", 2, ends_with=3)))
