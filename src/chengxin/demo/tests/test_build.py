from datetime import date, timedelta

from chengxin.access import facade as access
from chengxin.demo import staff
from chengxin.demo.cast import sign_ins
from chengxin.demo.replay import moment_of, replay, take_in
from chengxin.demo.state import State
from chengxin.intake.contracts import BatchState
from chengxin.kernel.clock import start_of

TODAY = date(2026, 11, 24)
CHOSEN = 5


def run(filings, officers):
    state = State(size="S", seed=39, today=TODAY)
    kept = []
    replay(filings, state=state, officers=officers, keep=lambda s: kept.append(s.last_filing), step=lambda: None)
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


def test_filings_go_through_the_doors_and_answer_as_the_truth_says(prepared, filings):
    chosen = [f for f in filings if f.expected.questioned and not f.expected.review][:CHOSEN]
    state, kept = run(chosen, prepared)
    assert state.counts["batches"] == CHOSEN
    assert state.counts["rows"] == sum(f.expected.rows for f in chosen)
    assert state.counts["questioned"] == sum(f.expected.questioned for f in chosen)
    assert state.counts["accepted"] == state.counts["rows"] - state.counts["questioned"]
    assert kept == [f.number for f in chosen]


def test_a_filing_that_is_in_already_is_left_as_it_is(prepared, filings, tmp_path):
    first = filings[0]
    once = take_in(first, folder=tmp_path, officers=prepared, now=moment_of(first))
    twice = take_in(first, folder=tmp_path, officers=prepared, now=moment_of(first) + timedelta(days=1))
    assert once.state is BatchState.ACCEPTED
    assert twice.id == once.id
    assert twice.accepted == once.accepted > 0
