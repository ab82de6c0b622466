from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from chengxin.crypto import facade
from chengxin.crypto.contracts import Aad, CannotOpen

PLACE = Aad(table="subjects_identifier", column="sealed", row=UUID(int=7), version=1)


def test_a_sealed_value_opens_in_its_place_with_its_key() -> None:
    (key,) = facade.new_data_keys(1)
    sealed = facade.seal(key, b"390101199001010017", aad=PLACE)
    assert b"3901" not in sealed
    assert facade.open_sealed(key, sealed, aad=PLACE) == b"390101199001010017"


def test_the_same_value_sealed_twice_looks_different() -> None:
    (key,) = facade.new_data_keys(1)
    assert len({facade.seal(key, b"x", aad=PLACE) for _ in range(100)}) == 100


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
    (key,) = facade.new_data_keys(1)
    sealed = facade.seal(key, b"value", aad=PLACE)
    with pytest.raises(CannotOpen):
        facade.open_sealed(key, sealed, aad=elsewhere)


def test_another_key_does_not_open_it() -> None:
    key, other = facade.new_data_keys(2)
    with pytest.raises(CannotOpen):
        facade.open_sealed(other, facade.seal(key, b"value", aad=PLACE), aad=PLACE)


def test_no_changed_bit_goes_unseen() -> None:
    (key,) = facade.new_data_keys(1)
    sealed = facade.seal(key, b"value", aad=PLACE)
    for place in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[place // 8] ^= 1 << place % 8
        with pytest.raises(CannotOpen):
            facade.open_sealed(key, bytes(changed), aad=PLACE)
    for short in range(len(sealed)):
        with pytest.raises(CannotOpen):
            facade.open_sealed(key, sealed[:short], aad=PLACE)


def test_a_wrapped_key_opens_for_its_subject_only() -> None:
    mine, other = uuid4(), uuid4()
    (key,) = facade.new_data_keys(1)
    wrapped = facade.wrap(key, subject_id=mine)
    assert key not in wrapped
    assert facade.unwrap(wrapped, subject_id=mine) == key
    with pytest.raises(CannotOpen):
        facade.unwrap(wrapped, subject_id=other)
    with pytest.raises(CannotOpen):
        facade.unwrap(b"\x00\x09" + wrapped[2:], subject_id=mine)
    with pytest.raises(CannotOpen):
        facade.unwrap(b"", subject_id=mine)


def test_a_wrapped_key_of_the_other_suite_still_opens(suite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    subject = uuid4()
    (key,) = facade.new_data_keys(1)
    wrapped, sealed = facade.wrap(key, subject_id=subject), facade.seal(key, b"value", aad=PLACE)
    monkeypatch.setenv("CHENGXIN_SUITE", {"international": "national", "national": "international"}[suite])
    assert facade.open_sealed(facade.unwrap(wrapped, subject_id=subject), sealed, aad=PLACE) == b"value"


def test_the_bulk_forms_equal_the_single_ones() -> None:
    rows = [UUID(int=number) for number in range(50)]
    keys = facade.new_data_keys(50)
    texts = [b"value %d" % number for number in range(50)]
    raw = [row.bytes for row in rows]
    places = [Aad(table="t", column="c", row=row, version=3) for row in rows]
    columns = facade.seal_column(keys, texts, table="t", column="c", rows=raw, version=3)
    for sealed in (columns, facade.seal_many(keys, texts, aads=places)):
        opened = [facade.open_sealed(k, s, aad=a) for k, s, a in zip(keys, sealed, places, strict=True)]
        assert opened == texts
    wrapped = facade.wrap_many(keys, subject_ids=raw)
    assert [facade.unwrap(w, subject_id=row) for w, row in zip(wrapped, rows, strict=True)] == keys
    assert facade.unwrap_many(wrapped, subject_ids=raw) == keys
    assert facade.blind_many("c", ["1", "2"]) == [facade.blind("c", "1"), facade.blind("c", "2")]


def test_the_bulk_forms_refuse_lists_of_unequal_length() -> None:
    with pytest.raises(ValueError, match="zip"):
        facade.seal_column(facade.new_data_keys(1), [b"a", b"b"], table="t", column="c", rows=[b"r" * 16] * 2)


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
