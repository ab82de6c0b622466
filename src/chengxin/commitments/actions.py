"""Sign a commitment, and draft the finding that one was broken."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

import orjson
from django.db import transaction

from chengxin.access import facade as access
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event, Kind
from chengxin.commitments import models
from chengxin.commitments.contracts import Commitment, Content, Maker, Sentence, Source, Template
from chengxin.commitments.queries import ITEM, PURPOSE, commitments_of, get_sentence, own_subject, standing_row, told
from chengxin.commitments.rules import Chosen, why_not_sign, write
from chengxin.commitments.templates import templates
from chengxin.crypto import facade as crypto
from chengxin.database.contracts import Channel
from chengxin.determinations import facade as determinations
from chengxin.determinations.contracts import Determination
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.codes import new_number
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.subjects import facade as subjects

PROCEDURE: Final = "commitment_breach"
STATEMENT: Final = "commitment+jws"
_KEPT: Final = frozenset({"subject_name", "id_type", "id_no", "finding_document"})


def known(maker: Maker) -> Mapping[Content, Template]:
    """Return the sentences a maker may promise, by their contents."""
    return {content: template for (whose, content), template in templates().items() if whose is maker}


def sign(actor: Actor, maker: Maker, chosen: Chosen, *, now: datetime) -> Commitment:
    """Sign a commitment (作出承诺) in the place of the one that stands; without a sentence it is withdrawn."""
    subject_id = own_subject(actor, now=now, action="commitment.sign")
    with access.acting_for(actor, channel=Channel.SELF, purpose=PURPOSE), transaction.atomic():
        standing = standing_row(subject_id, maker)
        found = subjects.find_subject(subject_id)
        assert found is not None
        is_person = found.kind is SubjectKind.NATURAL_PERSON
        has_standing = standing is not None and bool(standing.sentences)
        refuse_if(why_not_sign(maker, chosen, is_person=is_person, has_standing=has_standing, known=known(maker)))
        if standing is not None:
            models.Commitment.objects.filter(id=standing.id).update(replaced_at=now)
        number = new_number("CN", day=legal_day(now))
        sentences = write(number, chosen, known=known(maker))
        row = models.Commitment.objects.create(
            id=new_id(now),
            number=number,
            subject_id=subject_id,
            is_person=is_person,
            maker=maker.value,
            version=standing.version + 1 if standing else 1,
            sentences=[told(one) for one in sentences],
            tags=sorted({tag for one in sentences for tag in one.tags}),
            statement=_statement(number, maker, sentences, now=now),
            signed_at=now,
            signed_by=actor.key,
        )
        audit.record_event(
            Event(
                kind=Kind.CONSENT if sentences else Kind.REVOKE,
                actor=actor,
                at=now,
                purpose=PURPOSE,
                channel=Channel.SELF,
                subject_id=subject_id,
                basis=("SD/17",),
                reference=number,
            )
        )
        return commitments_of([row])[0]


def draft_finding(
    actor: Actor, sentence_id: str, *, source: Source, cells: Mapping[str, str], now: datetime
) -> Determination:
    """Draft the finding that a sentence was broken (违诺认定) on a document; the time to make it good comes first.

    `cells` holds `finding_document`, and of a natural person the name and number the officer knows from the case.
    """
    commitment, sentence = get_sentence(sentence_id)
    if not cells.get("finding_document", "").strip():
        raise Refused(
            Refusal(
                code="CM-NO-DOCUMENT",
                what="请写明认定文书。",
                why="没有投诉处理、抽查或者专项治理的文书，不能认定违诺。",
                next_step="请填写文书的名称和文号。",
                field="finding_document",
            )
        )
    with transaction.atomic():
        found = determinations.draft(
            actor,
            ITEM,
            cells=_row_of(commitment, sentence, cells),
            now=now,
            procedure=PROCEDURE,
            facts={"commitment": commitment.number, "sentence": sentence.id, "source": source.value},
        )
        if found.subject_id != commitment.subject_id:
            raise Refused(
                Refusal(
                    code="CM-OTHER-SUBJECT",
                    what="这份承诺不是这个人作出的。",
                    why="姓名和证件号码要与作出承诺的人一致。",
                    next_step="请核对承诺书编号、姓名和证件号码。",
                    field="id_no",
                )
            )
    return found


def _row_of(commitment: Commitment, sentence: Sentence, cells: Mapping[str, str]) -> dict[str, str]:
    """Return the row a breach would be filed as: what is known of the promise, and what the officer wrote."""
    row = {name: value for name, value in cells.items() if name in _KEPT} | {
        "commitment_no": commitment.number,
        "sentence": sentence.zh,
        "performance": "违约",
    }
    operator = subjects.find_operator(commitment.uscc) if commitment.uscc else None
    if operator is None:
        return row | {"subject_kind": SubjectKind.NATURAL_PERSON.value}
    return row | {"subject_name": operator.name, "subject_kind": operator.kind.value, "uscc": commitment.uscc}


def _statement(number: str, maker: Maker, sentences: list[Sentence], *, now: datetime) -> str:
    said = {
        "number": number,
        "maker": maker.value,
        "signed_at": now.isoformat(),
        "sentences": [{"id": one.id, "zh": one.zh, "en": one.en} for one in sentences],
    }
    return crypto.statement_signer().sign(orjson.dumps(said), kind=STATEMENT)
