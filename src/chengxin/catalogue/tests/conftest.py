"""An item never seen before, written as an installation would write it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from chengxin.catalogue import facade as catalogue

NEVER_SEEN = """
code: bee_keeping
effective_on: 2025-01-01
title: [养蜂登记, Bee-keeping registration]
summary: [养蜂场的登记信息。, Registered apiaries.]
national_class: 1
nature: basic
subject_kinds: operators
sources: [agriculture]
basis: [ZJ/10]
row_key: [register_no]
fields:
  - {block: operator}
  - {name: register_no, title: [登记编号, Register no.], use: document_no, required: true, public: true, max: 20}
  - {name: hives, title: [蜂箱数量, Hives], type: integer, required: true, public: true, use: title}
  - {name: determined_on, title: [登记日期, Day], type: date, use: determined_on, required: true, public: true}
  - {block: source_body}
"""


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Write an item file with words changed, and return its folder."""

    def write(text: str = NEVER_SEEN, *, name: str = "bees.yaml", **changes: str) -> Path:
        for old, new in changes.items():
            assert old.replace("__", ": ") in text or old in text, old
            text = text.replace(old, new)
        (tmp_path / name).write_text(text, "utf-8")
        return tmp_path

    return write


@pytest.fixture
def bees(written: Callable[..., Path]) -> Iterator[str]:
    """Register the item never seen before for one test."""
    folder = written()
    catalogue.register_folder(folder)
    yield "bee_keeping"
    catalogue.unregister_folder(folder)
