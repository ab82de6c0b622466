"""What people do with lists: draft a listing, ask to leave one, follow one with a program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.audit import facade as audit
from chengxin.audit.contracts import Event
from chengxin.audit.contracts import Kind as EventKind
from chengxin.casework import facade as casework
from chengxin.casework.contracts import Case, Ref
from chengxin.database.contracts import Channel
from chengxin.determinations import facade as determinations
from chengxin.determinations.contracts import Determination
from chengxin.kernel.actor import Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, Refused, refuse_if
from chengxin.lists import models
from chengxin.lists.contracts import Family, Kind
from chengxin.lists.founding import find_basis, find_basis_key, listing_facts
from chengxin.lists.gates import why_not_listing
from chengxin.lists.kinds import get_kind, kinds
from chengxin.lists.queries import get_own
from chengxin.lists.rules import why_not_ask_to_leave

DETERMINING: Final = "determination"
LEAVING: Final = "repair"
FOLLOWING: Final = "public_viewing"


def kinds_for(body: str, *, now: datetime) -> list[Kind]:
    """Return the serious lists a body may decide on: it is a source of their item, and they have a standard."""
    codes = set(access.items_of(body, on=legal_day(now)))
    serious = [kind for kind in kinds().values() if kind.family is Family.SERIOUS and kind.shut is None]
    return [kind for kind in serious if codes & set(kind.items)]


def draft_listing(
    actor: Actor,
    kind_code: str,
    *,
    cells: Mapping[str, str],
    now: datetime,
) -> Determination:
    """Draft a listing (拟列入): on a record of one's own body about the same subject, all told that must be told.

    Beside the fields of the list's item, `cells` holds those of `papers.EXTRA`; the whole draft is sealed.
    """
    kind = get_kind(kind_code)
    with access.acting_for(actor, channel=Channel.INTAKE, purpose=DETERMINING), transaction.atomic():
        key = find_basis_key(cells, actor=actor)
        basis = find_basis(*key, at=now) if key else None
        facts = listing_facts(kind, cells, basis=basis, body=actor.body)
        refuse_if(why_not_listing(facts, on=legal_day(now), pack=settings.LAW_PACK))
        assert basis is not None
        found = determinations.draft(
            actor,
            kind.items[0],
            cells=cells,
            now=now,
            procedure="listing",
            facts={"kind": kind.code, "basis_record": str(basis.record_id)},
        )
        if found.subject_id != basis.subject_id:
            raise Refused(_other_subject())
    return found


def ask_to_leave(actor: Actor, entry_id: UUID, *, words: str, papers: Sequence[casework.Sent], now: datetime) -> Case:
    """Ask to leave a list before its term (申请提前移出): once things are put right, with papers, free of charge."""
    entry = get_own(actor, entry_id)
    resource = Resource(kind="list_entry", subject_id=actor.subject_id, item_code=entry.item_code)
    access.require(actor, action="list.ask_to_leave", resource=resource, purpose=LEAVING, now=now)
    if entry.ended_at is not None:
        raise Refused(Refusal(code="LIST-ENDED", what="这一条已经不在名单上。", next_step="不需要申请。"))
    kind = get_kind(entry.kind)
    refuse_if(why_not_ask_to_leave(kind, decided_on=entry.listed_on, on=legal_day(now), pack=settings.LAW_PACK))
    if not words.strip() or not papers:
        raise Refused(
            Refusal(
                code="LIST-NO-PAPERS",
                what="请写明怎样改正，并附上证明材料。",
                why="办理的单位要看到已经改正、义务已经履行。",
                next_step="可以拍照上传；没有材料的，先向作出决定的单位索取。",
                field="papers",
            )
        )
    with access.acting_for(actor, channel=Channel.SELF, purpose=LEAVING), transaction.atomic():
        if casework.find_open_case("delisting", ref_id=str(entry.id)) is not None:
            raise Refused(Refusal(code="LIST-ASKED", what="您已经申请，正在办理。", next_step="请看办理进展。"))
        return casework.open_case(
            "delisting",
            ref=Ref(kind="list_entry", id=str(entry.id), subject_id=entry.subject_id),
            body=entry.body,
            opened_by=actor,
            reasons=words,
            evidence=casework.keep_papers(papers),
            facts={"item": entry.item_code, "kind": entry.kind},
            now=now,
        )


def go_on(
    actor: Actor, entry_id: UUID, *, verb: str, words: str = "", papers: Sequence[casework.Sent] = (), now: datetime
) -> Case:
    """Take an applicant's verb in the request to leave a list: hand in more, state one's case, withdraw."""
    entry = get_own(actor, entry_id)
    resource = Resource(kind="list_entry", subject_id=actor.subject_id, item_code=entry.item_code)
    access.require(actor, action="list.ask_to_leave", resource=resource, purpose=LEAVING, now=now)
    with access.acting_for(actor, channel=Channel.SELF, purpose=LEAVING), transaction.atomic():
        case = casework.find_open_case("delisting", ref_id=str(entry.id))
        if case is None:
            raise Refused(Refusal(code="LIST-NOT-ASKED", what="没有正在办理的申请。", next_step="请看办理进展。"))
        digests = casework.keep_papers(papers) if papers else ()
        refuse_if(casework.why_not_take(case.id, verb=verb, actor=actor, reasons=words, evidence=digests))
        return casework.take(case.id, verb=verb, actor=actor, reasons=words, evidence=digests, now=now)


def follow(actor: Actor, kind_code: str, *, now: datetime) -> datetime:
    """Follow a list with a registered program (订阅): it is told of each change and answers with a receipt."""
    kind = get_kind(kind_code)
    _may_follow(actor, now=now)
    with access.acting_for(actor, channel=Channel.BODY, purpose=FOLLOWING), transaction.atomic():
        standing = _following(actor, kind)
        if standing is not None:
            return standing.since
        try:
            with transaction.atomic():
                models.Subscriber.objects.create(
                    id=new_id(now), kind=kind.code, recipient=actor.key, body=actor.body, since=now
                )
        except IntegrityError:  # The same request came twice at once.
            return now
        _tell(actor, f"follow:{kind.code}", now=now)
    return now


def leave(actor: Actor, kind_code: str, *, now: datetime) -> None:
    """Follow a list no longer."""
    kind = get_kind(kind_code)
    _may_follow(actor, now=now)
    with access.acting_for(actor, channel=Channel.BODY, purpose=FOLLOWING), transaction.atomic():
        standing = _following(actor, kind)
        if standing is not None:
            standing.ended_at = now
            standing.save(update_fields=["ended_at"])
            _tell(actor, f"leave:{kind.code}", now=now)


def _following(actor: Actor, kind: Kind) -> models.Subscriber | None:
    return models.Subscriber.objects.filter(kind=kind.code, recipient=actor.key, ended_at__isnull=True).first()


def _may_follow(actor: Actor, *, now: datetime) -> None:
    resource = Resource(kind="list", body=actor.body)
    access.require(actor, action="list.follow", resource=resource, purpose=FOLLOWING, now=now)


def _tell(actor: Actor, what: str, *, now: datetime) -> None:
    audit.record_event(
        Event(kind=EventKind.ADMINISTER, actor=actor, at=now, purpose=FOLLOWING, channel=Channel.BODY, reference=what)
    )


def _other_subject() -> Refusal:
    return Refusal(
        code="LIST-OTHER-SUBJECT",
        what="所依据的记录不是这个主体的。",
        why="名单只列入作出该行为的主体，不得列入他人。",
        next_step="请核对主体和文号。",
        basis=("SH/33",),
        field="basis_document_no",
    )
