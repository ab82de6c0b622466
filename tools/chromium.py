"""Find the browser the browser tests drive."""

from __future__ import annotations

import os
import shutil

# Without its windows a Chromium opens a page in half the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """Return the path of a Chromium: the one of `CHENGXIN_CHROMIUM`, or the first on PATH."""
    named = os.environ.get("CHENGXIN_CHROMIUM")
    if named is not None:
        return shutil.which(named)
    return next((found for name in NAMES if (found := shutil.which(name))), None)
