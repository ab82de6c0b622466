"""`chengxin lake …`: take mass facts of trade in, run a logical query, compare two engines."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chengxin.cli.arguments import day, given_file, given_folder
from chengxin.cli.keyservice import key_service
from chengxin.cli.serve import installation_secret

if TYPE_CHECKING:
    from chengxin.lake.contracts import Delivery, Run
    from chengxin.lake.facade import Store


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("lake", help="mass facts of trade: load, run a query, compare engines")
    commands = parser.add_subparsers(dest="lake_command", required=True)
    load = commands.add_parser("load", help="take in a file of CSV, Parquet or JSON lines")
    load.add_argument("dataset", help="such as orders; an unknown name answers with all")
    load.add_argument("file", type=given_file)
    load.add_argument("--platform", required=True, help="code of the platform that sends it")
    load.add_argument("--late", action="store_true", help="add to the days it names; without it they are replaced")
    load.add_argument("--zone", default="Asia/Shanghai", help="zone of times without an offset")
    load.set_defaults(run=run_load)
    olist = commands.add_parser(
        "import-olist", help="take in Olist's published tables, plain or gzipped; figures appear on the pages"
    )
    olist.add_argument("folder", type=given_folder)
    olist.add_argument("--platform", default="olist")
    olist.set_defaults(run=run_import)
    questioned = commands.add_parser("questioned", help="say what is questioned in a delivery, and what to do")
    questioned.add_argument("dataset")
    questioned.add_argument("number", type=int)
    questioned.set_defaults(run=run_questioned)
    history = commands.add_parser("history", help="list the versions of one day")
    history.add_argument("dataset")
    history.add_argument("--platform", required=True)
    history.add_argument("--day", type=day, required=True)
    history.set_defaults(run=run_history)
    query = commands.add_parser("run", help="run a logical query over days")
    compare = commands.add_parser("compare", help="run queries on DuckDB and Spark and say where they differ")
    for one in (query, compare):
        one.add_argument("--from", dest="from_day", type=day, required=True)
        one.add_argument("--until", dest="until_day", type=day, required=True, help="first day after")
        one.add_argument("--platform", default="", help="one platform; without it all")
    query.add_argument("query", help="such as seller_day; an unknown name answers with all")
    query.add_argument("--engine", default="", help="duckdb or spark (default: CHENGXIN_LAKE_ENGINE, else duckdb)")
    query.add_argument("--rows", type=int, default=10, help="rows to print (default 10)")
    query.set_defaults(run=run_query)
    compare.add_argument("queries", nargs="*", help="default: all")
    compare.set_defaults(run=run_compare)
    for one in (load, olist, questioned, history, query, compare):
        one.add_argument("--json", action="store_true", help="print one object")


def run_load(arguments: argparse.Namespace) -> int:
    """Take in one file; exit 1 when nothing of it is good."""
    lake = _setup()
    from chengxin.kernel.clock import now  # noqa: PLC0415 - settings are read after the environment is set
    from chengxin.lake.contracts import Mode  # noqa: PLC0415 - as above

    made = lake.load(
        arguments.file,
        dataset=arguments.dataset,
        platform=arguments.platform,
        now=now(),
        mode=Mode.LATE if arguments.late else Mode.WHOLE_DAYS,
        zone=arguments.zone,
        store=lake.Store(lake.lake_root()),
        keep=_keep,
        progress=_progress(quiet=arguments.json),
    )
    _tell([made], as_json=arguments.json)
    return 0 if made.good or made.is_nothing_new else 1


def run_import(arguments: argparse.Namespace) -> int:
    """Take in Olist's tables, and compute the figures that the pages show of them."""
    lake = _setup()
    from chengxin.kernel.clock import now  # noqa: PLC0415 - as above

    made = lake.import_olist(
        arguments.folder,
        now=now(),
        store=lake.Store(lake.lake_root()),
        keep=_keep,
        progress=_progress(quiet=arguments.json),
        platform=arguments.platform,
    )
    _tell(made, as_json=arguments.json)
    shown = _figures(lake.Store(lake.lake_root()))
    if not arguments.json:
        print(
            "\n/couriers/sources/" + arguments.platform + "".join(f"  {name} {count}" for name, count in shown.items())
        )
    return 0


def _figures(store: Store) -> Mapping[str, int]:
    """Compute what goes back to the platform: courier figures and how often rules over papers fire."""
    from chengxin.couriers import facade as couriers  # noqa: PLC0415 - settings are read after the environment is set
    from chengxin.database import facade as database  # noqa: PLC0415 - as above
    from chengxin.kernel.clock import now  # noqa: PLC0415 - as above

    if database.is_embedded(os.environ):
        database.prepare_installation(os.environ, progress=lambda _: None)
    return couriers.refresh(store=store, now=now())


def run_questioned(arguments: argparse.Namespace) -> int:
    """Print line, field, code and words of each questioned cell; never its content."""
    lake = _setup()
    dataset = lake.get_dataset(arguments.dataset)
    cells = lake.Store(lake.lake_root()).questioned(dataset.name, arguments.number)
    issues = [lake.explain(*cell, dataset=dataset) for cell in cells.iter_rows()]
    if arguments.json:
        print(json.dumps([vars(issue) for issue in issues], ensure_ascii=False))
        return 0
    for issue in issues:
        print(f"{issue.row:>10,}  {issue.field:<18}{issue.code:<12}{issue.what}；{issue.next_step}")
    return 0


def run_history(arguments: argparse.Namespace) -> int:
    """Print every version of a day, oldest first."""
    lake = _setup()
    store = lake.Store(lake.lake_root())
    found = store.history(lake.get_dataset(arguments.dataset).name, platform=arguments.platform, day=arguments.day)
    said = [
        {
            "delivery": delivery.number,
            "received_at": delivery.received_at.isoformat(),
            "mode": delivery.mode.value,
            "rows": version.rows,
            "file": version.file,
            "replaced": version.replaced,
        }
        for delivery, version in found
    ]
    if arguments.json:
        print(json.dumps(said))
        return 0
    for one in said:
        print(f"{one['delivery']:>8}  {one['received_at']}  {one['mode']:<11}{one['rows']:>10,}  {one['file']}")
    return 0


def run_query(arguments: argparse.Namespace) -> int:
    """Run a query and print its first rows."""
    lake = _setup()
    engine = lake.open_engine(arguments.engine)
    try:
        made = _run(lake, arguments.query, arguments, engine)
    finally:
        engine.close()
    if arguments.json:
        print(json.dumps(_object(made), ensure_ascii=False))
        return 0
    print(lake.rows_of(made).head(arguments.rows))
    place = "已有结果" if made.was_there else f"{made.seconds:.2f} s"
    print(
        f"{made.rows:,} 行，{made.input_rows:,} 行输入，{made.engine} {made.engine_version}，{place}", file=sys.stderr
    )
    return 0


def run_compare(arguments: argparse.Namespace) -> int:
    """Run queries on both engines; exit 1 when a result differs."""
    lake = _setup()
    engines = [lake.open_engine("duckdb"), lake.open_engine("spark")]
    said: list[dict[str, Any]] = []
    try:
        for name in arguments.queries or lake.list_queries():
            one, other = (_run(lake, name, arguments, engine) for engine in engines)
            found = lake.differences(one, other)
            said.append(
                {
                    "query": name,
                    "rows": one.rows,
                    "duckdb_seconds": one.seconds,
                    "spark_seconds": other.seconds,
                    "differences": [vars(difference) for difference in found],
                }
            )
            if not arguments.json:
                print(f"{name:<26}{one.rows:>12,} 行  " + ("相同" if not found else str(found)), flush=True)
    finally:
        for engine in engines:
            engine.close()
    if arguments.json:
        print(json.dumps(said, ensure_ascii=False))
    return 1 if any(one["differences"] for one in said) else 0


def _run(lake: Any, name: str, arguments: argparse.Namespace, engine: Any) -> Run:  # noqa: ANN401 - a module, a protocol
    made: Run = lake.run(
        name,
        from_day=arguments.from_day,
        until_day=arguments.until_day,
        platform=arguments.platform,
        engine=engine,
        store=lake.Store(lake.lake_root()),
    )
    return made


def _setup() -> Any:  # noqa: ANN401 - a module
    os.environ.setdefault("CHENGXIN_PROCESS", "worker")
    installation_secret()
    import django  # noqa: PLC0415 - settings are read after the environment is set

    django.setup()
    from chengxin.crypto import facade as crypto  # noqa: PLC0415 - as above
    from chengxin.database import facade as database  # noqa: PLC0415 - as above
    from chengxin.lake import facade  # noqa: PLC0415 - as above

    if database.is_embedded(os.environ):
        crypto.create_missing(Path(os.environ.get("CHENGXIN_KEYS") or database.var_dir() / "keys"))
    return facade


def _keep(path: Path) -> str:
    """Seal questioned rows; only they need the key service, and it a database."""
    from chengxin.database import facade as database  # noqa: PLC0415 - as above
    from chengxin.files import facade as files  # noqa: PLC0415 - as above

    if database.is_embedded(os.environ):
        database.prepare_installation(os.environ, progress=lambda _: None)
    with key_service():
        return files.keep(path)


def _progress(*, quiet: bool) -> Any:  # noqa: ANN401 - a function of what and how many
    counts: dict[str, int] = {}

    def say(what: str, rows: int) -> None:
        counts[what] = counts.get(what, 0) + rows
        if not quiet and sys.stderr.isatty():
            print(f"\r{what:<8}{counts[what]:>14,}", end="", file=sys.stderr, flush=True)

    return say


def _tell(made: Sequence[Delivery], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps([_object(one) for one in made], ensure_ascii=False))
        return
    for one in made:
        state = "没有变化" if one.is_nothing_new else f"第 {one.number} 次报送"
        print(f"\n{one.dataset} · {one.platform} · {state} · {len(one.days):,} 天")
        for name in ("read", "good", "questioned", "repeated", "outdated", "kept", "moved"):
            print(f"  {name:<12}{getattr(one, name):>14,}")
        for code, times in one.issues.items():
            print(f"  {code:<12}{times:>14,}", file=sys.stderr)
        if one.ignored_columns:
            print(f"  没有收的列：{'、'.join(one.ignored_columns)}", file=sys.stderr)


def _object(made: Delivery | Run) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(json.dumps(vars(made), default=str))
    if "days" in said:
        said["days"] = len(said["days"])
    return said
