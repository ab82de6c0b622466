"""Tips, records, uploads and comments to keep and to end."""

from __future__ import annotations

from chengxin.amendments.tests.conftest import files_alone, keepers
from chengxin.archives.tests.conftest import accept, ground, hand_in, lin, market
from chengxin.complaints.tests.conftest import offices

__all__ = [
    "accept",
    "files_alone",
    "ground",
    "hand_in",
    "keepers",
    "lin",
    "market",
    "offices",
]
