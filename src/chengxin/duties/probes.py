"""Test calls to a platform's channels after a sale (渠道抽测): what an officer found on a day, or 未测."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

from django.db import transaction

from chengxin.access import facade as access
from chengxin.access.contracts import Resource
from chengxin.audit.contracts import Kind
from chengxin.casework.contracts import Words
from chengxin.database.contracts import Channel
from chengxin.duties import models
from chengxin.duties.actions import record
from chengxin.duties.contracts import Probe
from chengxin.duties.queries import VIEWING
from chengxin.duties.sheet_rules import why_not_competent
from chengxin.duties.sheets import HANDLING
from chengxin.kernel.actor import ANYONE, Actor
from chengxin.kernel.clock import legal_day
from chengxin.kernel.ids import new_id
from chengxin.kernel.refusal import Refusal, refuse_if
from chengxin.kernel.yaml_text import read_yaml
from chengxin.market import facade as market

_WRONG: Final = Refusal(
    code="DU-PROBE",
    what="抽测的内容不对。",
    why="接通的要写等了多少秒，没有接通的不写；日期不能晚于今天。",
    next_step="请核对渠道、层数、秒数和日期。",
    basis=("EC/59",),
    field="channel",
)


@cache
def channels() -> Mapping[str, Words]:
    """Return the channels that are tested, by code."""
    text = Path(__file__).with_name("channels.yaml").read_text("utf-8")
    return {code: Words(**words) for code, words in read_yaml(text).items()}


def note_probe(actor: Actor, probe: Probe, *, now: datetime) -> None:
    """Write down what a test call found (登记抽测结果); it is public and never changed."""
    market.get_platform(probe.platform)
    with access.acting_for(actor, channel=Channel.BODY, purpose=HANDLING), transaction.atomic():
        resource = Resource(kind="probe", body=actor.body)
        access.require(actor, action="platform.probe", resource=resource, purpose=HANDLING, now=now)
        refuse_if(why_not_competent(access.get_body(actor.body)))
        is_whole = probe.channel in channels() and (probe.seconds is not None) is probe.was_answered
        refuse_if(None if is_whole and 0 <= probe.depth <= 20 and probe.on <= legal_day(now) else _WRONG)
        row = models.ChannelProbe.objects.create(
            id=new_id(now),
            platform=probe.platform,
            channel=probe.channel,
            depth=probe.depth,
            seconds=probe.seconds,
            on=probe.on,
            body=actor.body,
            probed_by=actor.key,
        )
        record(actor, "probe", str(row.id), kind=Kind.FILE, channel=Channel.BODY, now=now)


def latest_probes(platform: str) -> dict[str, Probe | None]:
    """Return the newest test of each channel of a platform; None: it was never tested."""
    with access.acting_for(ANYONE, channel=Channel.PUBLIC, purpose=VIEWING):
        rows = models.ChannelProbe.objects.filter(platform=platform).order_by("channel", "-on", "-id")
        newest = {row.channel: row for row in rows.distinct("channel")}
    return {code: _probe(newest[code]) if code in newest else None for code in channels()}


def _probe(row: models.ChannelProbe) -> Probe:
    return Probe(
        platform=row.platform,
        channel=row.channel,
        depth=row.depth,
        was_answered=row.seconds is not None,
        seconds=row.seconds,
        on=row.on,
        body=row.body,
    )
