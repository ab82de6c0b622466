from uuid import UUID

import pytest

from chengxin.audit import facade as audit
from chengxin.database.contracts import Channel, Context
from chengxin.database.facade import acting
from chengxin.kernel.actor import Actor, Role
from chengxin.kernel.identifiers import IdentifierKind
from chengxin.kernel.refusal import Refused
from chengxin.subjects import facade
from chengxin.subjects.contracts import Answer, SubjectStatus
from chengxin.subjects.tests.claims import LAN, MU
from chengxin.subjects.tests.conftest import CLERK, NOW
from chengxin.subjects.tests.test_lifecycle import file, officer_acts, set_status

CLIENT = Actor(key="client:hall", roles=frozenset({Role.CLIENT}), body="3900-hall", area="39")


def ask(number: str, name: str, *, actor: Actor = CLIENT, purpose: str = "identity_verification") -> Answer:
    return facade.verify(IdentifierKind.ID_NO, number=number, name=name, actor=actor, purpose=purpose, now=NOW)


@pytest.mark.clause("P3.1a")
def test_three_answers_and_the_same_one_for_absent_and_refused(db: None) -> None:
    subject = UUID(hex=file((LAN, "沐岚"))["subject_id"][0])
    assert ask(LAN, "沐岚") == "一致"
    assert ask("３９０１０１ 19900101 0017", "沐 嵐") == "一致"
    assert ask(LAN, "慕川") == "不一致"
    assert ask(MU, "慕川") == "无法核验"
    assert ask(LAN, "沐岚", purpose="filing") == "无法核验"
    assert ask(LAN, "沐岚", actor=CLERK) == "无法核验"
    with officer_acts():
        set_status(subject, SubjectStatus.DECEASED)
    assert ask(LAN, "沐岚") == "无法核验"


def test_the_person_sees_every_verification_also_the_refused(db: None) -> None:
    subject = UUID(hex=file((LAN, "沐岚"))["subject_id"][0])
    ask(LAN, "沐岚")
    ask(LAN, "沐岚", actor=CLERK)
    citizen = Actor(key="citizen-lan", roles=frozenset({Role.CITIZEN}), subject_id=subject)
    with acting(Context.of(citizen, channel=Channel.SELF, purpose="own_archive")):
        assert sorted((look.kind, look.outcome) for look in audit.list_looks(subject)) == [
            ("verify", "delivered"),
            ("verify", "refused"),
        ]


def test_a_bad_check_digit_is_the_clients_own_mistake(db: None) -> None:
    with pytest.raises(Refused, match="E-ID-02"):
        ask("390101199001010018", "沐岚")
