"""`chengxin replay SCREENING`: answer a batch of matching again, from the index and the rules of that day."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from itertools import starmap
from uuid import UUID

from chengxin.cli.arguments import given_file


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("replay", help="answer a batch of matching again, from the index of that day")
    parser.add_argument("screening", type=UUID, help="number of the batch, as its answer says")
    columns = "id,kind,name,alias,id_no,uscc,birth_date,region"
    parser.add_argument(
        "--queries", type=given_file, required=True, help=f"the queries, exactly as they were asked: {columns}"
    )
    parser.add_argument("--json", action="store_true", help="print one object")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print whether each query comes out the same; exit 1 when one does not or was not in the batch."""
    import django  # noqa: PLC0415 - settings are read after the environment is set

    django.setup()
    from chengxin.kernel.clock import now  # noqa: PLC0415
    from chengxin.matching import facade as matching  # noqa: PLC0415
    from chengxin.screening.contracts import Query  # noqa: PLC0415
    from chengxin.screening.facade import read_rows  # noqa: PLC0415

    rows = read_rows(arguments.queries)
    found = matching.replay(arguments.screening, list(starmap(Query, rows.frame.iter_rows())), now=now())
    counts = Counter(outcome.value for _id, outcome in found.rows)
    said = {"answered": found.at.isoformat(), "index": found.index, "rules": found.rules, **counts}
    if arguments.json:
        print(json.dumps({**said, "rows": dict(found.rows)}))
    else:
        for row_id, outcome in found.rows:
            print(f"{outcome.value:<10} {row_id}")
        print("  ".join(f"{name} {value}" for name, value in said.items()))
    return int(bool(counts["different"] or counts["unknown"]))
