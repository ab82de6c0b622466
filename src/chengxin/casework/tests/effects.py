"""An effect a test can watch and make fail."""

from chengxin.casework.contracts import Taken
from chengxin.kernel.refusal import Refusal, Refused

SEEN: list[Taken] = []


def note(taken: Taken) -> None:
    if taken.case.facts.get("fails"):
        raise Refused(Refusal(code="TEST-FAILS", what="不行。"))
    SEEN.append(taken)
