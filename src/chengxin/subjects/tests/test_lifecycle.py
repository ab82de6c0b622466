from datetime import date
from typing import Any
from uuid import UUID

import pytest

from chengxin.crypto import vault
from chengxin.crypto.contracts import Aad
from chengxin.database.contracts import Channel, Context
from chengxin.database.facade import acting
from chengxin.kernel.identifiers import IdentifierKind
from chengxin.kernel.refusal import Refused
from chengxin.subjects import facade, models
from chengxin.subjects.contracts import RepresentationGround, SubjectStatus
from chengxin.subjects.tests.claims import FIRM, LAN, MU, claims
from chengxin.subjects.tests.conftest import CLERK, NOW, OFFICER

DOCUMENT = "ab" * 32


def file(*rows: tuple[str, str]) -> Any:
    with acting(Context.of(CLERK, channel=Channel.INTAKE, purpose="filing")):
        return facade.resolve_many(claims(*rows), now=NOW, actor=CLERK)


def officer_acts() -> Any:
    return acting(Context.of(OFFICER, channel=Channel.OFFICE, purpose="case_handling"))


def set_status(subject: UUID, status: SubjectStatus) -> None:
    facade.record_status(
        subject,
        status=status,
        on=date(2026, 11, 1),
        document_digest=DOCUMENT,
        reasons="凭户籍证明",
        actor=OFFICER,
        now=NOW,
    )


@pytest.mark.parametrize(
    ("status", "code"), [(SubjectStatus.DECEASED, "E-SUB-03"), (SubjectStatus.GUARDIANSHIP, "E-SUB-02")]
)
def test_a_filing_on_somebody_deceased_or_under_guardianship_is_held(
    db: None, status: SubjectStatus, code: str
) -> None:
    subject = UUID(hex=file((LAN, "沐岚"))["subject_id"][0])
    with officer_acts():
        set_status(subject, status)
    held = file((LAN, "沐岚"))
    assert held.rows() == [(0, None, "review", code)]
    with officer_acts():
        set_status(subject, SubjectStatus.ACTIVE)
    assert file((LAN, "沐岚"))["outcome"].to_list() == ["existing"]


def test_a_firm_does_not_die_and_a_person_does_not_cease(db: None) -> None:
    person, firm = (UUID(hex=one) for one in file((LAN, "沐岚"), (FIRM, "云汀沐岚贸易有限公司"))["subject_id"])
    with officer_acts():
        for subject, status in ((firm, SubjectStatus.DECEASED), (person, SubjectStatus.CEASED)):
            with pytest.raises(Refused, match="E-SUB-17"):
                set_status(subject, status)
        set_status(firm, SubjectStatus.CEASED)
        assert facade.find_subject(firm).status == "ceased"


def test_next_of_kin_act_only_for_the_dead_and_only_on_a_document(db: None) -> None:
    lan, mu = (UUID(hex=one) for one in file((LAN, "沐岚"), (MU, "慕川"))["subject_id"])
    with officer_acts():

        def represent() -> UUID:
            return facade.add_representation(
                lan,
                representative_id=mu,
                ground=RepresentationGround.NEXT_OF_KIN,
                document_digest=DOCUMENT,
                starts_on=date(2026, 11, 2),
                ends_on=date(2027, 11, 2),
                actor=OFFICER,
                now=NOW,
            )

        with pytest.raises(Refused, match="E-SUB-18"):
            represent()
        set_status(lan, SubjectStatus.DECEASED)
        represent()
        assert [one.subject_id for one in facade.list_representations(mu, on=date(2027, 11, 1))] == [lan]
        assert facade.list_representations(mu, on=date(2027, 11, 2)) == []


def test_after_erasure_old_ciphertext_cannot_be_opened_and_the_number_finds_nobody(db: None) -> None:
    subject = UUID(hex=file((LAN, "沐岚"))["subject_id"][0])
    place = Aad(table="records_version", column="sealed", row=UUID(int=1))
    with officer_acts():
        (sealed,) = facade.seal_many([subject], ["一条记录".encode()], aads=[place])
        key = vault.unwrap(facade.wrapped_keys([subject])[subject], subject_id=subject)
        assert vault.open_sealed(key, sealed, place.encoded()).decode() == "一条记录"
        facade.erase(subject, reasons="超过保存期限", actor=OFFICER, now=NOW)
        with pytest.raises(facade.NoKey):
            facade.seal_many([subject], [b""], aads=[place])
        assert facade.wrapped_keys([subject]) == {}
        assert facade.find_by_number(IdentifierKind.ID_NO, LAN) is None
        assert (models.Identifier.objects.count(), models.Name.objects.count()) == (0, 0)
        assert facade.find_subject(subject).status == "erased"
    again = file((LAN, "沐岚"))
    assert again["outcome"].to_list() == ["new"]
    assert again["subject_id"][0] != subject.hex


def test_an_operator_is_not_erased(db: None) -> None:
    firm = UUID(hex=file((FIRM, "云汀沐岚贸易有限公司"))["subject_id"][0])
    with officer_acts(), pytest.raises(Refused, match="E-SUB-19"):
        facade.erase(firm, reasons="申请", actor=OFFICER, now=NOW)
