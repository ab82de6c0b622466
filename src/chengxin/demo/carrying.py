"""Carry the outbox of a demonstration as its worker would after some time: `python -m chengxin.demo.carrying 3600`."""

from __future__ import annotations

import os
import sys
from datetime import timedelta


def carry(seconds: int) -> str:
    """Deliver what is due so many seconds from now, with the worker's own login, and say how much was."""
    os.environ["CHENGXIN_PROCESS"] = "worker"
    import django  # noqa: PLC0415 - settings are read after the environment is set

    django.setup()
    from django.conf import settings  # noqa: PLC0415

    from chengxin.jobs import facade as jobs  # noqa: PLC0415
    from chengxin.kernel.clock import now  # noqa: PLC0415

    if not settings.DEMO:
        return "Only a demonstration may run ahead of its clock."
    tried = jobs.deliver_due(now=now() + timedelta(seconds=seconds))
    return f"{tried.delivered} {tried.failed}"


if __name__ == "__main__":
    print(carry(int(sys.argv[1])))
