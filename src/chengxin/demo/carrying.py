"""Work in a demonstration as its worker would after some time: `python -m chengxin.demo.carrying 3600 [TASK …]`.

The named tasks are run first, at this moment; then the outbox is carried so many seconds later.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import timedelta


def carry(seconds: int, tasks: Sequence[str] = ()) -> str:
    """Run tasks, deliver what is due so many seconds from now, with the worker's own login, and say how much was."""
    os.environ["CHENGXIN_PROCESS"] = "worker"
    import django  # noqa: PLC0415 - settings are read after the environment is set

    django.setup()
    from django.conf import settings  # noqa: PLC0415

    from chengxin.jobs import facade as jobs  # noqa: PLC0415
    from chengxin.kernel.clock import now  # noqa: PLC0415

    if not settings.DEMO:
        return "Only a demonstration may run ahead of its clock."
    if tasks:
        jobs.run_tasks(now=now(), force=True, tasks=[one for one in jobs.list_tasks() if one.name in tasks])
    tried = jobs.deliver_due(now=now() + timedelta(seconds=seconds))
    return f"{tried.delivered} {tried.failed}"


if __name__ == "__main__":
    print(carry(int(sys.argv[1]), sys.argv[2:]))
