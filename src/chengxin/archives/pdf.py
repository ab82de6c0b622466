"""A report as PDF/A: typst sets the content's own bytes, and the installation signs what was set (PAdES)."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from queue import LifoQueue
from typing import cast

import orjson
import typst

from chengxin.crypto import facade as crypto
from chengxin.ui.facade import qr_code

_TEMPLATE = Path(__file__).with_name("report.typ")
_FONT = Path("fonts", "ofl", "notosanssc")


def report_pdf(content: bytes) -> bytes:
    """Return the signed PDF of a report's content; its digest and code are printed on every page."""
    values = orjson.loads(content)
    inputs = {
        "content": content.decode(),
        "digest": hashlib.sha256(content).hexdigest(),
        "qr": qr_code(values["verify_url"]).svg_inline(border=0),
    }
    with _compiler() as compiler:
        made = compiler.compile(
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=["a-2b"],
            timestamp=int(datetime.fromisoformat(values["as_of"]).timestamp()),
        )
    return crypto.sign_pdf(cast("bytes", made))


@contextmanager
def _compiler() -> Iterator[typst.Compiler]:
    """Lend a compiler; each keeps the font and what it learned of the template, and serves one thread at a time."""
    compiler = _idle().get()
    try:
        yield compiler
    finally:
        _idle().put(compiler)


@lru_cache(maxsize=1)
def _idle() -> LifoQueue[typst.Compiler]:
    """Return the compilers of this process that nobody uses, at first one for each core."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font_folder())])
    compilers: LifoQueue[typst.Compiler] = LifoQueue()
    for _ in range(os.cpu_count() or 1):
        compilers.put(
            typst.Compiler(str(_TEMPLATE), root=str(_TEMPLATE.parent), font_paths=fonts, ignore_system_fonts=True)
        )
    return compilers


def font_folder() -> Path:
    """Return where the font of our papers is: `typst` takes it from there and from nowhere else."""
    found = find_spec("justmytype_intl_cjk")
    if found is None or found.origin is None:
        raise RuntimeError("The font package justmytype-intl-cjk is not installed.")
    return Path(found.origin).parent / _FONT
