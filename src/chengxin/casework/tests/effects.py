"""An effect a test can watch, make refuse and make break."""

from chengxin.casework.contracts import Taken
from chengxin.database.contracts import Context
from chengxin.database.facade import present_context
from chengxin.kernel.refusal import Refusal, Refused

SEEN: list[Taken] = []
CONTEXTS: list[Context | None] = []


def note(taken: Taken) -> None:
    if taken.case.facts.get("fails"):
        raise Refused(Refusal(code="TEST-FAILS", what="不行。"))
    if taken.case.facts.get("breaks"):
        raise RuntimeError("It breaks.")
    SEEN.append(taken)
    CONTEXTS.append(present_context())
