import stat
from pathlib import Path
from uuid import uuid4

import pytest

from chengxin.crypto import keys, vault
from chengxin.crypto.contracts import KeysMissing


def test_missing_keys_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    made = ["kek-0001.key", "blind.key", "log.key", "writer.key", "consent.key", "webhook.key", "document.pem"]
    assert keys.create_missing(folder) == made
    before = {path.name: path.read_text() for path in folder.iterdir()}
    assert keys.create_missing(folder) == []
    assert {path.name: path.read_text() for path in folder.iterdir()} == before
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_key_others_may_read_is_refused(tmp_path: Path) -> None:
    keys.create_missing(tmp_path / "k")
    (tmp_path / "k" / "blind.key").chmod(0o640)
    with pytest.raises(KeysMissing, match="0600"):
        keys._root_in(tmp_path / "k" / "blind.key")
    (tmp_path / "k" / "kek-0001.key").chmod(0o640)
    with pytest.raises(KeysMissing, match="0600"):
        keys.keyring_in(tmp_path / "k", "international")


def test_missing_or_damaged_keys_are_refused(tmp_path: Path) -> None:
    with pytest.raises(KeysMissing, match="kek-0001"):
        keys.keyring_in(tmp_path / "none", "international")
    keys.create_missing(tmp_path / "k")
    (tmp_path / "k" / "kek-0001.key").write_text("00")
    with pytest.raises(KeysMissing, match="damaged"):
        keys.keyring_in(tmp_path / "k", "international")
    with pytest.raises(KeysMissing, match="CHENGXIN_SUITE"):
        keys.keyring_in(tmp_path / "k", "rot13")


def test_after_rotation_old_wrapped_keys_still_open_and_new_ones_use_the_new_key(tmp_path: Path) -> None:
    subject = uuid4()
    (key,) = vault.new_data_keys(1)
    old = vault.wrap(key, subject_id=subject)
    assert keys.rotate(tmp_path / "keys") == "kek-0002.key"
    new = vault.wrap(key, subject_id=subject)
    assert (old[:2], new[:2]) == (b"\x00\x01", b"\x00\x02")
    assert vault.unwrap(old, subject_id=subject) == vault.unwrap(new, subject_id=subject) == key


def test_a_keyring_does_not_show_its_keys() -> None:
    assert keys.keyring().keks[1].hex() not in repr(keys.keyring())
