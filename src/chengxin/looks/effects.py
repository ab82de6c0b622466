"""What a decision on a challenge does beside moving it; nothing changes for the person but a notice."""

from __future__ import annotations

from chengxin.casework.contracts import Taken
from chengxin.notices import facade as notices


def tell_looker(taken: Taken) -> None:
    """Tell the body that looked that its look had no ground, and what it owes."""
    notices.serve(
        kind="look_challenge.groundless",
        text="look_found_groundless",
        parameters={"number": taken.case.number},
        reference=taken.case.number,
        to_body=str(taken.case.facts["looked_body"]),
        actor=taken.actor,
        now=taken.at,
    )
