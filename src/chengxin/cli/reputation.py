"""`chengxin reputation score`: scores of mutual ratings from a file, with a ledger of every weight."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("reputation", help="scores of mutual ratings that resist manipulation")
    commands = parser.add_subparsers(dest="reputation_command", required=True)
    score = commands.add_parser("score", help="score the targets of a file of ratings")
    score.add_argument("ratings", type=Path, help="CSV with source,target,rating,time; may be gzipped")
    score.add_argument("--out", type=Path, required=True, help="CSV of target,score,low,high,effective_n,status")
    score.add_argument("--ledger", type=Path, help="CSV of each rating's weight and its factors")
    score.add_argument("--matched", action="store_true", help="each row stands on a trade whose papers were matched")
    score.add_argument("--json", action="store_true", help="print one object")
    score.set_defaults(run=run_score)


def run_score(arguments: argparse.Namespace) -> int:
    """Write the scores, and say how many rows could not count and why."""
    from chengxin.reputation import facade  # noqa: PLC0415 - the compiler is loaded only for this

    for path in (arguments.out, arguments.ledger):
        if path:
            facade.require_place(path)
    ratings = facade.read_ratings(arguments.ratings, are_matched=arguments.matched)
    scored = facade.score(ratings)
    scored.scores.write_csv(arguments.out)
    if arguments.ledger:
        scored.ledger.write_csv(arguments.ledger)
    insufficient = int((scored.scores["status"] == "insufficient").sum())
    said = {
        "ratings": len(ratings.frame),
        "targets": len(scored.scores),
        "insufficient": insufficient,
        "scale": [ratings.low, ratings.high],
        "aside": ratings.aside,
        "version": scored.ledger["version"][0],
    }
    if arguments.json:
        print(json.dumps(said))
        return 0
    print(f"{len(ratings.frame):,} 条评价，{len(scored.scores):,} 个对象，其中 {insufficient:,} 个资料不足")
    for reason, rows in ratings.aside.items():
        if rows:
            print(f"  {reason:<16}{rows:>12,}", file=sys.stderr)
    return 0
