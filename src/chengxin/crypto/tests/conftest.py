from pathlib import Path

import pytest

from chengxin.crypto import keys


@pytest.fixture(params=["international", "national"], autouse=True)
def suite(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Every test of crypto runs in both suites, with keys of its own."""
    keys.create_missing(tmp_path / "keys")
    monkeypatch.setenv("CHENGXIN_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("CHENGXIN_SUITE", request.param)
    return str(request.param)
