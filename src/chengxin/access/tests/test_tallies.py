"""What all processes count together."""

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from chengxin.access.models import Tally
from chengxin.access.pace import keep_pace
from chengxin.access.tallies import TallyCache
from chengxin.kernel.clock import now
from chengxin.kernel.refusal import Refused

pytestmark = pytest.mark.django_db


def test_what_one_process_counts_another_reads_under_a_key_that_says_nothing() -> None:
    other = TallyCache("", {})
    assert (cache.add("codes:lin", 0, timeout=60), other.add("codes:lin", 5, timeout=60)) == (True, False)
    assert [cache.incr("codes:lin"), other.incr("codes:lin"), cache.get("codes:lin")] == [1, 2, 2]
    cache.set("moments", [1.5, 2.5], timeout=60)
    assert other.get("moments") == [1.5, 2.5]
    assert [len(one.key) for one in Tally.objects.all()] == [64, 64]
    assert not Tally.objects.filter(key__contains="lin").exists()
    assert (other.delete("moments"), other.delete("moments"), cache.get("moments", "gone")) == (True, False, "gone")


def test_what_ended_is_not_read_not_counted_on_and_swept_away() -> None:
    cache.set("old", 7, timeout=600)
    cache.set("older", 7, timeout=600)
    Tally.objects.update(ends_at=now().replace(year=2020))
    assert cache.get("old") is None
    with pytest.raises(ValueError, match="Nothing is counted"):
        cache.incr("old")
    assert cache.add("old", 0, timeout=600)
    assert Tally.objects.count() == 1


def test_who_sends_too_often_without_an_account_is_refused_by_every_process() -> None:
    request = RequestFactory().post("/tips", REMOTE_ADDR="192.0.2.7")
    for _ in range(3):
        keep_pace(request, "tip", most=3)
    with pytest.raises(Refused) as caught:
        keep_pace(request, "tip", most=3)
    assert caught.value.refusal.code == "A-TOO-OFTEN"
    keep_pace(RequestFactory().post("/tips", REMOTE_ADDR="192.0.2.8"), "tip", most=3)
