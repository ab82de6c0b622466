"""The API answers whatever it is sent: never with a fault, never outside its own schema, never without credentials."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from tests.proofs._world import Side, superuser, world

SUMMARY = (
    "Every operation of our own OpenAPI, fuzzed: no fault, no drift from the schema, no answer without credentials."
)
Report = Callable[[str], None]
MOST = 1_000_000_000
PROBLEM = "application/problem+json"
GUESSES = (None, "Basic Zm9vOmJhcg==", "Basic !", "Bearer x", "Digest a", "Basic " + "A" * 4000)


def run(short: bool, report: Report) -> dict[str, int | float]:
    """Send cases to every operation, with credentials and with none or false ones."""
    with world(size=2) as sides:
        with superuser() as admin:
            admin.execute("update access_api_client set rate_per_minute = %s", [MOST])
        # Loaded from its address, so that what is fuzzed is what is published.
        schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
        operations = [found.ok() for found in schema.get_all_operations()]
        each = 6 if short else max(150, 3_000 // len(operations))
        statuses: Counter[int] = Counter()
        for operation in operations:
            _fuzz(operation, sides[0], each, statuses)
            report(f"{operation.label}: {statuses.total():,} cases so far")
    return {
        "operations": len(operations),
        "cases": statuses.total(),
        "faults": sum(count for status, count in statuses.items() if status >= 500),
        **{f"answered_{status}": count for status, count in sorted(statuses.items())},
    }


def _fuzz(operation: Any, side: Side, each: int, statuses: Counter[int]) -> None:
    needs_credentials = bool(operation.definition.raw.get("security"))

    @seed(operation.label)
    @settings(
        max_examples=each,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), guess=st.sampled_from(GUESSES))
    def send(case: Any, guess: str | None) -> None:
        for header in (side.header, side.things["reader"], *([guess] if needs_credentials else [])):
            reply = case.call(headers={"Authorization": header} if header else {})
            statuses[reply.status_code] += 1
            _judge(case, reply, has_proven=header not in GUESSES)

    send()


def _judge(case: Any, reply: Any, *, has_proven: bool) -> None:
    told = f"{case.operation.label} answered {reply.status_code} to {case.as_curl_command()}: {reply.text[:300]}"
    assert reply.status_code < 500, told
    if not has_proven:
        assert reply.status_code in {400, 401, 404, 405, 422}, f"{told} (nobody was proven)"
        return
    if str(reply.status_code) in case.operation.definition.raw["responses"]:
        case.operation.validate_response(reply)
    else:
        assert reply.headers["content-type"][0].split(";")[0] in {PROBLEM, "application/json"}, told
