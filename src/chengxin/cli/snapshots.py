"""Read a signed list of the platform as a file to match against: signed, of today, whole, and of operators only."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from chengxin.kernel.refusal import Refusal, Refused

if TYPE_CHECKING:
    import polars as pl

TYPE: Final = "list+jws"
_PERSONAL: Final = frozenset({"id_no", "birth_date"})


def is_snapshot(path: Path) -> bool:
    """Tell whether a file is signed lines, as `GET /api/v1/lists/{kind}/snapshot` gives them."""
    return path.suffix.lower() in {".ndjson", ".jsonl"}


def read_snapshot(path: Path, *, public_key: str, at: datetime) -> pl.DataFrame:
    """Return the entries of a signed list as rows to match against, or refuse a file that may not be used."""
    import polars as pl  # noqa: PLC0415 - the command starts without it

    from chengxin.screening.contracts import COLUMNS  # noqa: PLC0415

    head, lines = _opened(path, public_key)
    if head.get("since") != 0 or "good_until" not in head:
        raise _no("SCR-SNAPSHOT-PART", "这是名单的变动，不是整份名单。", "请下载快照。")
    if at >= datetime.fromisoformat(str(head["good_until"])):
        raise _no("SCR-SNAPSHOT-OLD", "这份名单已经过期，移出的可能还在里面。", "快照当日有效，请重新下载。")
    if any(_PERSONAL & line.keys() or "natural_person" in line.values() for line in lines):
        raise _no("SCR-SNAPSHOT-PERSONS", "这份名单含有自然人，不能在这里比对。", "自然人只在平台上凭证件号码比对。")
    rows = [(str(one["entry"]), "enterprise", str(one["name"]), "", "", str(one["uscc"]), "", "") for one in lines]
    return pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row")


def _opened(path: Path, public_key: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    from chengxin.crypto import facade as crypto  # noqa: PLC0415

    if not public_key:
        raise _no("SCR-SNAPSHOT-KEY", "没有给出核对签名的公钥。", "请用 --key 给出平台公布的公钥，并另行核对一次。")
    try:
        first, _newline, rest = path.read_bytes().partition(b"\n")
        head = json.loads(crypto.open_by(bytes.fromhex(public_key), first.decode("ascii", "replace"), kind=TYPE))
        lines = [json.loads(line) for line in rest.splitlines()]
    except FileNotFoundError as error:
        raise _no("SCR-FILE", "没有找到名单文件。", "请核对路径。") from error
    except (crypto.NotSigned, ValueError) as error:
        raise _unsigned() from error
    if head["sha256"] != hashlib.sha256(rest).hexdigest() or head["lines"] != len(lines):
        raise _unsigned()
    return head, lines


def _unsigned() -> Refused:
    return _no("SCR-SNAPSHOT-SIGNATURE", "这份名单没有平台的签名，或者被改过。", "请重新下载，并核对公钥。")


def _no(code: str, what: str, next_step: str) -> Refused:
    return Refused(Refusal(code=code, what=what, next_step=next_step))
