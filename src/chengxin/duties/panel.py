"""What the duties of a platform add to its public page: its rules, what it disclosed and the measures it published."""

from __future__ import annotations

from datetime import datetime

from chengxin.casework.contracts import Panel
from chengxin.duties import display, facade
from chengxin.duties.rules import is_announced
from chengxin.market.contracts import Platform


def of_platform(platform: Platform, *, now: datetime) -> Panel:
    """Return the panel of a platform."""
    rules, lines = facade.list_rules(platform.body), facade.scorecard(platform, now=now)
    counted = {figure.code: figure.counted.value for line in lines for figure in line.figures}
    return Panel(
        template="duties/panel.html",
        context={
            "table": display.actions_table(facade.list_public_actions(platform.body), at=now),
            "rules": len({one.text.code for one in rules}),
            "unannounced": sum(not is_announced(one.text, version=one.version) for one in rules),
            "notices": facade.count_ip_notices(platform.body),
            "lines": display.scorecard_table(platform, lines),
            "probes": display.probes_table(facade.latest_probes(platform.body)),
            "late": counted["late"],
            "overdue": counted["overdue"],
            "body": platform.body,
        },
    )
