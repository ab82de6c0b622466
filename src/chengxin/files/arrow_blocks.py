"""Read an Arrow IPC stream batch by batch, so that memory holds one batch, and never one that unpacks to a bomb.

Layout of the stream (Arrow columnar format, "Encapsulated message format"): messages of a mark of four bytes 0xFF, the
length of the metadata (i32), the metadata (a flatbuffer `Message`) and its body; a length of 0 ends it. First comes
the schema, then dictionaries and batches of rows. A batch is handed to polars as a stream of its own.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final

import polars as pl

from chengxin.files.contracts import Limits, Media, Sheet
from chengxin.files.csv_blocks import too_many_rows
from chengxin.kernel.refusal import Refusal, Refused

MARK: Final = b"\xff\xff\xff\xff"
_END: Final = MARK + bytes(4)
_MOST_METADATA: Final = 1 << 20
_BAD: Final = (pl.exceptions.PolarsError, pl.exceptions.PanicException, struct.error, ValueError, OSError, IndexError)


class _Header(IntEnum):
    """What a message carries (`MessageHeader`)."""

    SCHEMA = 1
    DICTIONARY = 2
    BATCH = 3


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message as it stands in the stream, what it carries, and its size once unpacked."""

    header: int
    raw: bytes
    unpacked: int


def open_arrow(path: Path, *, limits: Limits) -> Sheet:
    """Open a stream: its headings at once, its rows batch by batch; `row` counts from 1, as in Parquet."""
    try:
        with path.open("rb") as file:
            schema = next(messages(file, most=limits.expanded)).raw
        headings = tuple(pl.read_ipc_stream(BytesIO(schema + _END)).columns)
    except (*_BAD, StopIteration) as error:
        raise Refused(_bad()) from error
    return Sheet(
        media=Media.ARROW, encoding="arrow", headings=headings, blocks=_blocks(path, len(headings), limits=limits)
    )


def batches_of(stream: bytes) -> bytes:
    """Return a written stream without its schema and its end: what follows in a stream that has begun."""
    return b"".join(one.raw for one in messages(BytesIO(stream), most=len(stream)) if one.header != _Header.SCHEMA)


def _blocks(path: Path, width: int, *, limits: Limits) -> Iterator[pl.DataFrame]:
    rows, before = 0, b""
    try:
        with path.open("rb") as file:
            for one in messages(file, most=limits.expanded):
                if one.header != _Header.BATCH:
                    before += one.raw
                    continue
                block = pl.read_ipc_stream(BytesIO(before + one.raw + _END))
                texts = block.select(block.to_series(at).cast(pl.String).alias(f"c{at}") for at in range(width))
                if rows + len(texts) > limits.rows:
                    raise too_many_rows(limits)
                yield texts.with_row_index("row", offset=rows + 1)
                rows += len(texts)
    except _BAD as error:
        raise Refused(_bad()) from error


def messages(file: BinaryIO, *, most: int) -> Iterator[Message]:
    """Yield the messages of a stream; refuse one that is cut off, or whose parts unpack to more than `most` bytes."""
    unpacked = 0
    while True:
        mark, length = file.read(4), file.read(4)
        if mark != MARK or len(length) < 4 or not 0 <= (size := int.from_bytes(length, "little")) <= _MOST_METADATA:
            raise ValueError("The stream is cut off or is none.")
        if not size:
            return
        metadata = file.read(size)
        message = _Table.root(metadata)
        body_size = message.number(3)
        if not 0 <= body_size <= most:
            raise Refused(_bomb())
        body = file.read(body_size)
        if len(metadata) < size or len(body) < body_size:
            raise ValueError("The stream is cut off.")
        header = metadata[message.at(1)] if message.at(1) else 0
        size = _unpacked(message.table(2), header, body)
        unpacked += size
        if unpacked > most:
            raise Refused(_bomb())
        yield Message(header=header, raw=mark + length + metadata + body, unpacked=size)


def _unpacked(header: _Table, kind: int, body: bytes) -> int:
    """Return the size of a body once unpacked: a packed buffer begins with it (i64, -1 where it is not packed)."""
    batch = header.table(1) if kind == _Header.DICTIONARY else header
    if kind == _Header.SCHEMA or not batch.at(3):
        return len(body)
    sizes = (int.from_bytes(body[at : at + 8], "little", signed=True) for at, length in batch.pairs(2) if length)
    return sum(abs(size) for size in sizes) + len(body)


@dataclass(frozen=True)
class _Table:
    """A table of a flatbuffer: where it stands; fields are counted from 0."""

    data: bytes
    place: int

    @classmethod
    def root(cls, data: bytes) -> _Table:
        return cls(data, struct.unpack_from("<I", data)[0])

    def at(self, field: int) -> int:
        """Return where a field stands, 0 where it is not set."""
        layout = self.place - struct.unpack_from("<i", self.data, self.place)[0]
        if 4 + 2 * field >= struct.unpack_from("<H", self.data, layout)[0]:
            return 0
        offset: int = struct.unpack_from("<H", self.data, layout + 4 + 2 * field)[0]
        return self.place + offset if offset else 0

    def number(self, field: int) -> int:
        """Return an i64."""
        return int(struct.unpack_from("<q", self.data, at)[0]) if (at := self.at(field)) else 0

    def table(self, field: int) -> _Table:
        """Return the table a field points at."""
        at = self.at(field)
        return _Table(self.data, at + struct.unpack_from("<I", self.data, at)[0])

    def pairs(self, field: int) -> Iterator[tuple[int, int]]:
        """Return a vector of pairs of i64."""
        start = self.table(field).place
        (count,) = struct.unpack_from("<I", self.data, start)
        return struct.iter_unpack("<qq", self.data[start + 4 : start + 4 + 16 * count])


def _bad() -> Refusal:
    return Refusal(
        code="F-ARROW",
        what="这个 Arrow 流打不开。",
        why="可能没有传完，或者不是 Arrow IPC 的流格式。",
        next_step="请用流格式（不是文件格式）重新写出。",
    )


def _bomb() -> Refusal:
    return Refusal(code="F-BOMB", what="这个压缩文件展开后过大，已拒绝读取。", next_step="请分成几个文件。")
