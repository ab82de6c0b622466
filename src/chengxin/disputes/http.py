"""Complaints over HTTP: a hotline's program files its sheets and reads which complaint each became."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from chengxin.access import facade as access
from chengxin.disputes import facade
from chengxin.disputes.contracts import Filed, Sheet
from chengxin.disputes.rules import LONGEST
from chengxin.kernel.clock import now
from chengxin.records.facade import no_records
from chengxin.ui.facade import words_of

router = Router(tags=["hotlines"])
SCOPE = "dispute.file_sheet"
Code = Annotated[str, Field(min_length=1, max_length=40)]


class SheetIn(BaseModel):
    """One sheet: who was called, about which shop of which platform, what was said; the number of the caller joins."""

    model_config = ConfigDict(extra="forbid")

    hotline: Literal["12345", "12315", "12318"]
    number: Code
    platform: Code
    shop: Code
    phone: Annotated[str, Field(max_length=40)] = ""
    text: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    at: AwareDatetime
    matter: Code = "other"
    asks: Code = "refund"


class SheetsIn(BaseModel):
    """Up to 500 sheets; one that was filed before is answered as it was."""

    model_config = ConfigDict(extra="forbid")

    sheets: Annotated[list[SheetIn], Field(min_length=1, max_length=500)]


class SheetFault(BaseModel):
    """Why a sheet was not taken: what happened, why, what to do, and a code that never changes."""

    code: str
    field: str
    what: str
    why: str
    next_step: str


class SheetOut(BaseModel):
    """What became of a sheet: the complaint it made (`is_new`) or joined, or why it was not taken."""

    sheet: str
    complaint: str
    is_new: bool
    fault: SheetFault | None = None


class SourceOut(BaseModel):
    """A sheet of a hotline, by its number there."""

    hotline: str
    number: str
    at: datetime


class ReportedOut(BaseModel):
    """A complaint that came by hotlines: its state and every sheet that tells of it."""

    complaint: str
    state: str
    is_closed: bool
    sources: list[SourceOut]


@router.post("/hotline-sheets", auth=access.client_auth(SCOPE), response=list[SheetOut], summary="File hotline sheets")
@no_records
def file_sheets(request: HttpRequest, body: SheetsIn) -> list[SheetOut]:
    """Take sheets in; the same caller about the same shop is one complaint, whichever hotlines were called."""
    sheets = [Sheet(**one.model_dump()) for one in body.sheets]
    return [_out(one) for one in facade.file_sheets(access.actor_of(request), sheets, now=now())]


@router.get("/hotline-sheets", auth=access.client_auth(SCOPE), response=list[ReportedOut], summary="What they became")
@no_records
def reported(request: HttpRequest) -> list[dict[str, Any]]:
    """Answer with the complaints whose sheets the program filed, the newest first; no caller, no words."""
    return [
        {
            "complaint": one.number,
            "state": one.case.state,
            "is_closed": one.case.is_closed,
            "sources": [{"hotline": each.hotline, "number": each.sheet, "at": each.at} for each in one.sources],
        }
        for one in facade.list_reported(access.actor_of(request))
    ]


def _out(filed: Filed) -> SheetOut:
    refusal = filed.refusal
    fault = SheetFault(code=refusal.code, field=refusal.field, **words_of(refusal)) if refusal else None
    return SheetOut(sheet=filed.sheet, complaint=filed.number, is_new=filed.is_new, fault=fault)
