"""Whoever was erased stays erased, even when an older backup brings the rest back."""

from __future__ import annotations

from uuid import UUID

from chengxin.database.contracts import Channel, Context
from chengxin.database.facade import acting
from chengxin.kernel.actor import platform
from chengxin.kernel.identifiers import IdentifierKind
from chengxin.subjects import facade, models
from chengxin.subjects.tests.claims import FIRM, LAN, MU
from chengxin.subjects.tests.conftest import CLERK, NOW
from chengxin.subjects.tests.test_lifecycle import file

RESTORE = platform("restore")


def test_a_person_whose_key_did_not_come_back_is_erased_again_and_nobody_else(db: None) -> None:
    lan, mu, _ = (
        UUID(hex=one) for one in file((LAN, "沐岚"), (MU, "慕川"), (FIRM, "云汀沐岚贸易有限公司"))["subject_id"]
    )
    with acting(Context.of(RESTORE, channel=Channel.JOB, purpose="administration")):
        assert facade.list_keyless() == []
        assert lan in facade.list_wrapped(limit=10)
        models.SubjectKey.objects.filter(subject_id=lan).delete()
        assert facade.list_keyless() == [lan]
        assert facade.erase_again(actor=RESTORE, now=NOW) == 1
        assert (facade.find_subject(lan).status, facade.find_subject(mu).status) == ("erased", "active")
        assert facade.find_by_number(IdentifierKind.ID_NO, LAN) is None
        assert facade.list_keyless() == []
        assert facade.erase_again(actor=RESTORE, now=NOW) == 0


def test_an_operator_without_a_key_is_no_erased_person(db: None) -> None:
    firm = UUID(hex=file((FIRM, "云汀沐岚贸易有限公司"))["subject_id"][0])
    with acting(Context.of(RESTORE, channel=Channel.JOB, purpose="administration")):
        models.SubjectKey.objects.filter(subject_id=firm).delete()
        assert facade.list_keyless() == []


def test_only_the_job_sees_who_has_no_key(db: None) -> None:
    file((LAN, "沐岚"))
    with acting(Context.of(CLERK, channel=Channel.PUBLIC, purpose="public_viewing")):
        assert facade.list_keyless() == []
        assert facade.list_wrapped(limit=10) == {}
