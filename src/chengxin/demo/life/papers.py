"""Papers as the people of the stories hand them in: one page set by typst, marked as invented."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import typst

from chengxin.archives import facade as archives

_PAGE = """#set page(width: 105mm, height: 148mm, margin: 14mm)
#set text(font: "Noto Sans SC", size: 11pt, lang: "zh")
#align(center)[#text(size: 15pt)[{title}]]
#v(6mm)
{words}
#v(1fr)
#align(right)[#text(size: 9pt, fill: luma(90))[演示材料，内容均为虚构]]
"""


@cache
def paper(title: str, words: str) -> bytes:
    """Return a paper as PDF."""
    with tempfile.TemporaryDirectory(prefix="chengxin-paper-") as folder:
        source = Path(folder, "paper.typ")
        source.write_text(_PAGE.format(title=title, words=words), encoding="utf-8")
        made = typst.compile(str(source), font_paths=[str(archives.font_folder())], ignore_system_fonts=True)
    assert isinstance(made, bytes)
    return made


class Sent:
    """A paper as a browser sends it."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.size: int | None = len(content)

    def chunks(self) -> Iterable[bytes]:
        """Return its bytes in one piece."""
        yield self.content


@contextmanager
def as_file(content: bytes) -> Iterator[Path]:
    """Lend a paper as a file."""
    with tempfile.TemporaryDirectory(prefix="chengxin-paper-") as folder:
        path = Path(folder, "paper.pdf")
        path.write_bytes(content)
        yield path
