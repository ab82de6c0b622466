"""Asked for one, for many or in reverse, the engine says the same about the same subject."""

from __future__ import annotations

from uuid import UUID

import pytest

from chengxin.access import facade as access
from chengxin.database.contracts import Channel
from chengxin.determinations.tests.conftest import SERVED
from chengxin.intake.tests.conftest import Office
from chengxin.kernel.actor import Actor
from chengxin.kernel.grams import gram_codes
from chengxin.kernel.ids import new_id
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.kernel.tests.numbers import uscc
from chengxin.kernel.text import fold
from chengxin.lists.tests.conftest import FIRM
from chengxin.matching import facade
from chengxin.matching.tests.conftest import NAME, ask
from chengxin.subjects import facade as subjects
from chengxin.subjects import models

NAMES = (
    *(
        NAME,
        "雲汀禾木商貿有限公司",
        "云汀禾木商贸有限公司松岚分公司",
        "云汀禾木商贸",
        "禾木商贸有限公司",
        "云汀合木商贸有限公司",
    ),
    *(
        "云汀禾木贸商有限公司",
        "云汀禾木商贸股份有限公司",
        "云汀松岚纺织有限公司",
        "禾木",
        "云汀禾木商贸有限公司工会",
        "𠮷田㛃商行",
    ),
)


def on_file(office: Office, name: str, *, code: str | None) -> UUID:
    """Enter an operator as a register that knows no code would."""
    with access.acting_for(office.clerk, channel=Channel.INTAKE, purpose="filing"):
        subject = models.Subject.objects.create(
            id=new_id(SERVED), kind=SubjectKind.LEGAL_PERSON.value, status="active", created_at=SERVED
        )
        folded = fold(name)
        models.Operator.objects.create(
            subject=subject,
            kind=SubjectKind.LEGAL_PERSON.value,
            uscc=code,
            name=name,
            folded=folded,
            grams=sorted(gram_codes(folded)),
            area="",
        )
    return subject.id


@pytest.mark.clause("P5.2d")
def test_bulk_single_and_reverse_answers_are_equal_for_every_subject(
    standing: Actor, market: Office, finance: Office
) -> None:
    known = [on_file(market, name, code=None) for name in NAMES]
    known += [on_file(market, NAME, code=uscc(f"91390100MA00004{place:02}")) for place in range(3)]
    listed = subjects.find_operator(FIRM)
    assert listed is not None
    known.append(listed.id)
    queries = [facade.query_of(one) for one in subjects.operators_of(known).values()]
    bulk = {row.id: list(row.hits) for row in ask(finance.clerk, *queries).rows}
    single = {query.id: list(ask(finance.clerk, query).rows[0].hits) for query in queries}
    kinds = ("market", "tax", "wages", "safety", "drugs")
    reverse = facade.match_known(dict.fromkeys(known, SubjectKind.LEGAL_PERSON), kinds, at=SERVED)
    assert bulk == single == {str(one): hits for one, hits in reverse.items()}
    found = {one: len(bulk[str(one)]) for one in known}
    assert [found[one] for one in known[-4:]] == [0, 0, 0, 1]  # Another code ends every hit by name.
    assert sum(found.values()) >= 8
