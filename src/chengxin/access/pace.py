"""How often one place may send something without an account: counted for an hour, by a keyed hash of its address."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from chengxin.kernel.refusal import Refusal, Refused

HOUR = 3600


def keep_pace(request: HttpRequest, what: str, *, most: int) -> None:
    """Count a try and refuse when there were too many this hour; the address itself is kept nowhere."""
    place = salted_hmac(f"pace.{what}", str(request.META.get("REMOTE_ADDR", "")), algorithm="sha256").hexdigest()
    key = f"pace:{what}:{place}"
    cache.add(key, 0, timeout=HOUR)
    if cache.incr(key) > most:
        raise Refused(
            Refusal(
                code="A-TOO-OFTEN",
                what="这一小时里从您的网络提交得太多了。",
                why="这里不登录就可以提交，次数要有限制，才不会被机器占满。",
                next_step="请过一小时再试，您写的文字还在。",
            )
        )
