from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from chengxin.crypto import facade, vault
from chengxin.crypto.contracts import Aad, CannotOpen
from chengxin.crypto.suites import encrypt_many

OWNER = UUID(int=5)
PLACE = Aad(table="subjects_identifier", column="sealed", row=UUID(int=7), version=1)


def data_and_sealing_key() -> tuple[bytes, bytes]:
    """Return a data key and one that seals under it."""
    (made,) = vault.make_new([OWNER.bytes])
    return vault.unwrap(made.wrapped, subject_id=OWNER), made.sealing


def test_a_key_that_seals_opens_only_what_it_sealed_itself() -> None:
    (made,) = vault.make_new([OWNER.bytes])
    first, second = (vault.sealing_keys([made.wrapped], owners=[OWNER.bytes])[0] for _ in range(2))
    key = vault.unwrap(made.wrapped, subject_id=OWNER)
    sealed = facade.seal(first, b"value", aad=PLACE)
    assert vault.open_sealed(key, sealed, PLACE.encoded()) == facade.unseal(first, sealed, aad=PLACE) == b"value"
    assert key not in first
    for other in (second, made.sealing, sealed[1:9] + second[8:]):
        with pytest.raises(CannotOpen):
            facade.unseal(other, sealed, aad=PLACE)


def test_what_was_sealed_with_a_data_key_itself_still_opens() -> None:
    key, _sealing = data_and_sealing_key()
    (sealed,) = encrypt_many([key], [b"old"], [PLACE.encoded()])
    assert vault.open_sealed(key, sealed, PLACE.encoded()) == b"old"


def test_a_sealed_value_opens_in_its_place_with_its_key() -> None:
    key, sealing = data_and_sealing_key()
    sealed = facade.seal(sealing, b"390101199001010017", aad=PLACE)
    assert b"3901" not in sealed
    assert facade.unseal(sealing, sealed, aad=PLACE) == b"390101199001010017"
    assert vault.open_sealed(key, sealed, PLACE.encoded()) == b"390101199001010017"


def test_the_same_value_sealed_twice_looks_different() -> None:
    _key, sealing = data_and_sealing_key()
    assert len({facade.seal(sealing, b"x", aad=PLACE) for _ in range(100)}) == 100


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(PLACE, table="records_value"),
        replace(PLACE, column="name"),
        replace(PLACE, row=UUID(int=8)),
        replace(PLACE, version=2),
    ],
    ids=["table", "column", "row", "version"],
)
def test_a_value_moved_to_another_place_does_not_open(elsewhere: Aad) -> None:
    key, sealing = data_and_sealing_key()
    sealed = facade.seal(sealing, b"value", aad=PLACE)
    with pytest.raises(CannotOpen):
        vault.open_sealed(key, sealed, elsewhere.encoded())


def test_another_key_does_not_open_it() -> None:
    (_key, sealing), (other, _) = data_and_sealing_key(), data_and_sealing_key()
    with pytest.raises(CannotOpen):
        vault.open_sealed(other, facade.seal(sealing, b"value", aad=PLACE), PLACE.encoded())


def test_no_changed_bit_goes_unseen() -> None:
    key, sealing = data_and_sealing_key()
    sealed = facade.seal(sealing, b"value", aad=PLACE)
    for place in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[place // 8] ^= 1 << place % 8
        with pytest.raises(CannotOpen):
            vault.open_sealed(key, bytes(changed), PLACE.encoded())
    for short in range(len(sealed)):
        with pytest.raises(CannotOpen):
            vault.open_sealed(key, sealed[:short], PLACE.encoded())


def test_a_wrapped_key_opens_for_its_subject_only() -> None:
    mine, other = uuid4(), uuid4()
    (key,) = vault.new_data_keys(1)
    wrapped = vault.wrap(key, subject_id=mine)
    assert key not in wrapped
    assert vault.unwrap(wrapped, subject_id=mine) == key
    with pytest.raises(CannotOpen):
        vault.unwrap(wrapped, subject_id=other)
    with pytest.raises(CannotOpen):
        vault.unwrap(b"\x00\x09" + wrapped[2:], subject_id=mine)
    with pytest.raises(CannotOpen):
        vault.unwrap(b"", subject_id=mine)


def test_a_wrapped_key_of_the_other_suite_still_opens(suite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (made,) = vault.make_new([OWNER.bytes])
    sealed = facade.seal(made.sealing, b"value", aad=PLACE)
    monkeypatch.setenv("CHENGXIN_SUITE", {"international": "national", "national": "international"}[suite])
    assert vault.open_sealed(vault.unwrap(made.wrapped, subject_id=OWNER), sealed, PLACE.encoded()) == b"value"


def test_the_bulk_forms_equal_the_single_ones() -> None:
    rows = [UUID(int=number) for number in range(50)]
    raw = [row.bytes for row in rows]
    made = vault.make_new(raw)
    keys, sealing = vault.unwrap_many([one.wrapped for one in made], subject_ids=raw), [one.sealing for one in made]
    texts = [b"value %d" % number for number in range(50)]
    places = [Aad(table="t", column="c", row=row, version=3) for row in rows]
    columns = facade.seal_column(sealing, texts, table="t", column="c", rows=raw, version=3)
    for sealed in (columns, facade.seal_many(sealing, texts, aads=places)):
        opened = [vault.open_sealed(k, s, a.encoded()) for k, s, a in zip(keys, sealed, places, strict=True)]
        assert opened == texts
    wrapped = vault.wrap_many(keys, subject_ids=raw)
    assert [vault.unwrap(w, subject_id=row) for w, row in zip(wrapped, rows, strict=True)] == keys
    assert facade.blind_many("c", ["1", "2"]) == [facade.blind("c", "1"), facade.blind("c", "2")]


def test_the_bulk_forms_refuse_lists_of_unequal_length() -> None:
    _key, sealing = data_and_sealing_key()
    with pytest.raises(ValueError, match="zip"):
        facade.seal_column([sealing], [b"a", b"b"], table="t", column="c", rows=[b"r" * 16] * 2)


def test_a_blind_index_depends_on_value_column_and_key(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    from chengxin.crypto import keys

    index = facade.blind("id_no", "390101199001010017")
    assert len(index) == 16
    assert index == facade.blind("id_no", "390101199001010017")
    assert index != facade.blind("uscc", "390101199001010017")
    assert index != facade.blind("id_no", "390202198506151023")
    keys.create_missing(tmp_path / "other")
    monkeypatch.setenv("CHENGXIN_KEYS", str(tmp_path / "other"))
    assert index != facade.blind("id_no", "390101199001010017")
