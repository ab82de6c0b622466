"""Keys that stood earlier in a file are known, whatever the blocks."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from chengxin.intake.seen_keys import SeenKeys

BLOCKS = st.lists(st.lists(st.integers(0, 40) | st.integers(0, 2**64 - 1), max_size=30), max_size=12)


@given(blocks=BLOCKS, asked=st.lists(st.integers(0, 40) | st.integers(0, 2**64 - 1), max_size=30))
def test_what_was_added_is_known_and_nothing_else(blocks: list[list[int]], asked: list[int]) -> None:
    seen, truth = SeenKeys(), set()
    for block in blocks:
        assert seen.contains(np.array(block, np.uint64)).tolist() == [key in truth for key in block]
        seen.add(np.array(block, np.uint64))
        truth |= set(block)
    assert seen.contains(np.array(asked, np.uint64)).tolist() == [key in truth for key in asked]
