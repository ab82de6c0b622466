from uuid import UUID

import pytest

from chengxin.database.contracts import Channel, Context
from chengxin.database.facade import acting
from chengxin.kernel.actor import ANYONE, Actor, Role
from chengxin.subjects import facade, models
from chengxin.subjects.tests.claims import FIRM, LAN, MU, claims
from chengxin.subjects.tests.conftest import CLERK, NOW

PERSONAL = [models.Subject, models.SubjectKey, models.Identifier, models.Name, models.Review]


@pytest.fixture
def known(db: None) -> list[UUID]:
    with acting(Context.of(CLERK, channel=Channel.INTAKE, purpose="intake")):
        rows = claims((LAN, "沐岚"), (MU, "慕川"), (FIRM, "云汀沐岚贸易有限公司"))
        frame = facade.resolve_many(rows, now=NOW, actor=CLERK)
    return [UUID(hex=one) for one in frame["subject_id"]]


def test_without_a_context_only_public_operators_are_seen(known: list[UUID]) -> None:
    assert [model.objects.count() for model in PERSONAL] == [1, 0, 0, 0, 0]
    assert [operator.uscc for operator in facade.search_operators("沐岚贸易")] == [FIRM]


def test_the_public_sees_no_natural_person(known: list[UUID]) -> None:
    with acting(Context.of(ANYONE, channel=Channel.PUBLIC, purpose="public_viewing")):
        assert [model.objects.count() for model in PERSONAL] == [1, 0, 0, 0, 0]
        assert facade.find_subject(known[0]) is None


def test_a_person_sees_their_own_rows_and_nobody_elses(known: list[UUID]) -> None:
    citizen = Actor(key="citizen-lan", roles=frozenset({Role.CITIZEN}), subject_id=known[0])
    with acting(Context.of(citizen, channel=Channel.SELF, purpose="own_archive")):
        assert [name.subject_id for name in facade.list_names(known[0])] == [known[0]]
        assert facade.list_names(known[1]) == []
        assert facade.list_numbers(known[1]) == []
        assert list(facade.wrapped_keys(known)) == [known[0]]


def test_who_files_can_neither_change_nor_delete_a_subject(known: list[UUID]) -> None:
    with acting(Context.of(CLERK, channel=Channel.INTAKE, purpose="intake")):
        assert models.Subject.objects.filter(id=known[0]).update(status="deceased") == 0
        assert models.SubjectKey.objects.filter(subject_id=known[0]).delete()[0] == 0
        assert models.SubjectKey.objects.count() == 3
