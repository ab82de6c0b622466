"""`chengxin demo`: build the invented province through the product's own doors, say what was done, and serve it."""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from chengxin.cli.arguments import port
from chengxin.cli.keyservice import key_service
from chengxin.cli.log import sequencing
from chengxin.cli.serve import installation_secret, serve

if TYPE_CHECKING:
    from chengxin.demo.facade import Report


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("demo", help="build the invented province and serve it")
    parser.add_argument("--size", choices=["S", "M", "L"], default="M", help="2 000, 120 000 (default) or ×20 people")
    parser.add_argument("--fresh", action="store_true", help="drop an earlier demonstration first")
    parser.add_argument("--no-serve", action="store_true", help="stop when it is built")
    parser.add_argument("--json", action="store_true", help="print one object as the last line")
    parser.add_argument(
        "--scenario",
        choices=["correction", "interception"],
        help="then play it step by step: correction, a wrong line on its way; interception, a listed applicant",
    )
    parser.add_argument("--port", type=port, default=8000, help="port on this machine (default 8000)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Build what is missing, print it, and serve unless told otherwise."""
    os.environ["CHENGXIN_DEMO"] = "1"
    os.environ["CHENGXIN_PROCESS"] = "web"
    installation_secret()
    import django  # noqa: PLC0415 - settings are read after the environment is set

    django.setup()
    from chengxin.demo.facade import Bars, build, prepare  # noqa: PLC0415

    with Bars() as bars:
        prepare(fresh=arguments.fresh, progress=bars)
        with key_service(), sequencing():
            report = build(arguments.size, progress=bars)
    if not arguments.json:
        _tell(report)
    if arguments.json:
        print(json.dumps(_object(report), ensure_ascii=False), flush=True)
    if arguments.scenario:
        _play(arguments)
    if arguments.no_serve:
        return 0
    if not arguments.json:
        _show_around(arguments.port, report)
    return serve(port=arguments.port)


def _play(arguments: argparse.Namespace) -> None:
    """Play the scenario, each step said when it is done; with --json what came of it is the last line."""
    from chengxin.demo.facade import tell_correction, tell_interception  # noqa: PLC0415

    target = sys.stderr if arguments.json else sys.stdout
    told = {"port": arguments.port, "say": lambda line: print(line, file=target, flush=True)}
    with key_service(), sequencing():
        is_interception = arguments.scenario == "interception"
        ending = asdict(tell_interception(**told) if is_interception else tell_correction(**told))
    if arguments.json:
        print(json.dumps(ending, ensure_ascii=False), flush=True)


def _object(report: Report) -> dict[str, object]:
    return {
        "size": report.size,
        "seed": report.seed,
        "today": report.today.isoformat(),
        "was_there": report.was_there,
        "counts": dict(report.counts),
        "seconds": dict(report.seconds),
        "links": dict(report.links),
    }


def _tell(report: Report) -> None:
    print(f"\n云汀省 {report.size} · {report.today}" + ("（接着上次的结果）" if report.was_there else ""))
    for name, count in report.counts.items():
        print(f"  {name:<14}{count:>12,}")
    for stage, seconds in report.seconds.items():
        print(f"  {stage:<14}{seconds:>11.1f}s", file=sys.stderr)


def _show_around(port: int, report: Report) -> None:
    from chengxin.demo.facade import sign_ins  # noqa: PLC0415

    site = f"http://127.0.0.1:{port}"
    print(f"\n  {site}/\n    公众网站，不用登录：/search 查企业，/service-performance 看各单位办得怎么样")
    print(f"  {site}/demo/sign-in\n    选择一个人物登录，登录以后就到下面写的页面\n")
    for member in sign_ins():
        print(f"  {member.name}（{member.username}）{site}{member.start}\n    {member.sentence}")
        if member.username in report.links:
            print(f"    还有一件在等：{site}{report.links[member.username]}")
    print("\nCtrl+C 结束。", flush=True)
