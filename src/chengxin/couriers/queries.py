"""Read the register, the three voices and the figures as the public may."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from chengxin.access import facade as access
from chengxin.casework.contracts import Words
from chengxin.couriers import models
from chengxin.couriers.contracts import Branch, Company, Fact, Figure, Lane, Outcome, PaperRate, Status
from chengxin.couriers.rules import ABSENT, outcome_of
from chengxin.couriers.standards import classes
from chengxin.database.contracts import Channel
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.refusal import Refused
from chengxin.records import facade as records
from chengxin.records.contracts import Channel as Way
from chengxin.records.contracts import Record
from chengxin.reputation.facade import document_titles

VIEWING: Final = "public_viewing"
INSPECTION: Final = "inspection_result"


def list_companies(kind: str = "courier") -> list[Company]:
    """Return the register of a class, by name: it ranks nobody."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        return [company_of(row) for row in models.Company.objects.filter(kind=kind).order_by("name", "id")]


def get_company(uscc: str, *, kind: str = "courier") -> Company:
    """Return a company of a class by its code, or refuse as absent."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        row = models.Company.objects.filter(uscc=uscc, kind=kind).first()
    if row is None:
        raise Refused(ABSENT)
    return company_of(row)


def company_of_body(actor: Actor) -> Company:
    """Return the company somebody acts for, or refuse as absent."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        row = models.Company.objects.filter(body=actor.body, kind="courier").exclude(body="").first()
    if row is None:
        raise Refused(ABSENT)
    return company_of(row)


def is_courier(body: str) -> bool:
    """Tell whether a body is a registered courier company."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        return bool(body) and models.Company.objects.filter(body=body, kind="courier").exists()


def watches_couriers(body: str) -> bool:
    """Tell whether a body supervises courier companies."""
    return watches("courier", body)


def watches(kind: str, body: str) -> bool:
    """Tell whether a body supervises a class of companies, by its fields of work."""
    known = access.find_body(body) if body else None
    return known is not None and bool(classes()[kind].watchers & set(known.fields_of_work))


def names_on_waybills() -> frozenset[str]:
    """Return every name on waybills that a registered courier has; inside whichever context."""
    return names_of("courier")


def names_of(kind: str) -> frozenset[str]:
    """Return every name that the registered companies of a class have; inside whichever context."""
    held = models.Company.objects.filter(kind=kind).values_list("names", flat=True)
    return frozenset(name for names in held for name in names)


def list_branches(company_id: UUID) -> list[Branch]:
    """Return the branches of a company, the open ones first."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        rows = models.Branch.objects.filter(company_id=company_id).order_by("closed_on", "number")
        ordered = sorted(rows, key=lambda row: (row.closed_on is not None, row.number))
        return [_branch(row) for row in ordered]


def list_facts(subject_id: UUID, *, kind: str = "courier", now: datetime) -> list[Fact]:
    """Return what authorities determined of a company and may be public now: the regulator's voice, nothing else."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        found = public_records(subject_id, items=classes()[kind].items, now=now)
    return [_fact(one) for one in found]


def public_records(subject_id: UUID, *, items: frozenset[str], now: datetime) -> list[Record]:
    """Return the records of some items that may be public now; inside a context."""
    every = records.list_of_subject(subject_id)
    speaking = [one for one in every if one.item_code in items]
    return [one for one in speaking if records.usable(one, channel=Way.PUBLIC, at=now)]


def list_figures(couriers: Iterable[str]) -> list[Figure]:
    """Return the newest figures of couriers by their names on waybills, by source, courier and measure."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        rows = models.Figure.objects.filter(courier__in=list(couriers))
        newest = rows.order_by("source", "courier", "measure", "-window_until").distinct("source", "courier", "measure")
        return [_figure(row) for row in newest]


def list_figures_of_source(source: str) -> list[Figure]:
    """Return the newest figures of every courier of a source."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        rows = models.Figure.objects.filter(source=source)
        newest = rows.order_by("courier", "measure", "-window_until").distinct("courier", "measure")
        return [_figure(row) for row in newest]


def list_sources() -> list[str]:
    """Return the sources that figures follow from."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        found = {*models.Figure.objects.values_list("source", flat=True).distinct()}
        found |= {*models.PaperRate.objects.values_list("source", flat=True).distinct()}
        return sorted(found)


def list_paper_rates(source: str) -> list[PaperRate]:
    """Return how often each rule over papers fired in the newest window of a source."""
    titles = document_titles()
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        rows = models.PaperRate.objects.filter(source=source).order_by("rule", "-window_until").distinct("rule")
        return [
            PaperRate(
                source=row.source,
                rule=row.rule,
                title=Words(zh=titles[row.rule][0], en=titles[row.rule][1]),
                orders=row.orders,
                fired=row.fired,
                window_from=row.window_from,
                window_until=row.window_until,
                version=row.version,
            )
            for row in rows
            if row.rule in titles
        ]


def company_of(row: models.Company) -> Company:
    """Return a company as other packages see it."""
    return Company(
        id=row.id,
        subject_id=row.subject_id,
        uscc=row.uscc,
        name=row.name,
        names=tuple(row.names),
        body=row.body,
        authority=row.authority,
        registered_at=row.registered_at,
        kind=row.kind,
    )


def _branch(row: models.Branch) -> Branch:
    return Branch(
        number=row.number,
        name=row.name,
        area=row.area,
        opened_on=row.opened_on,
        filed_on=row.filed_on,
        closed_on=row.closed_on,
    )


def _fact(record: Record) -> Fact:
    said = record.content
    words = next(
        (
            str(said[name])
            for name in ("violation_facts", "outcome", "entry_reason", "licence_content")
            if said.get(name)
        ),
        "",
    )
    number = next(
        (str(said[name]) for name in ("licence_no", "decision_no", "inspection_no", "entry_no") if said.get(name)), ""
    )
    return Fact(
        record_id=record.record_id,
        item=record.item_code,
        what=words,
        number=number,
        body_name=str(said.get("body_name") or ""),
        determined_on=record.determined_on,
        outcome=outcome_of(words) if record.item_code == INSPECTION else Outcome.UNSAID,
    )


def _figure(row: models.Figure) -> Figure:
    return Figure(
        source=row.source,
        courier=row.courier,
        measure=row.measure,
        status=Status(row.status),
        parcels=row.parcels,
        compared=row.compared,
        value=row.value,
        mean=row.mean,
        figure=row.figure,
        low=row.low,
        high=row.high,
        lanes=tuple(Lane(**one) for one in row.lanes),
        window_from=row.window_from,
        window_until=row.window_until,
        computed_on=row.computed_on,
        run=row.run,
        version=row.version,
    )
