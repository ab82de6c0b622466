import polars as pl
import psycopg
import pytest
from django.db import connection

from chengxin.subjects import facade, models
from chengxin.subjects.tests.claims import FIRM, LAN, MU, SHOP, claims
from chengxin.subjects.tests.conftest import CLERK, NOW

pytestmark = pytest.mark.usefixtures("intake")


def resolve(*rows: tuple[str, str]) -> pl.DataFrame:
    return facade.resolve_many(claims(*rows), now=NOW, actor=CLERK, source="batch-1")


def outcomes(frame: pl.DataFrame) -> list[tuple[str, str]]:
    return list(zip(frame["outcome"], frame["code"], strict=True))


def test_a_new_number_makes_one_subject_for_all_its_rows() -> None:
    first = resolve((LAN, "沐岚"), (FIRM, "云汀沐岚贸易有限公司"), (LAN, "沐　岚"), (SHOP, "云汀小铺"))
    assert outcomes(first) == [("new", "")] * 4
    assert first["subject_id"][0] == first["subject_id"][2]
    assert first["subject_id"].n_unique() == 3
    again = resolve((FIRM, "雲汀沐嵐貿易有限公司"), (LAN, "沐岚"))
    assert outcomes(again) == [("existing", "")] * 2
    assert again["subject_id"].to_list() == [first["subject_id"][1], first["subject_id"][0]]


def test_no_name_and_no_number_of_a_person_stands_in_any_table() -> None:
    resolve((LAN, "沐岚"), (MU, "慕川"))
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public' and tablename like 'subjects_%'")
        tables = [row[0] for row in cursor.fetchall()]
        assert len(tables) == 9
        for table in tables:
            cursor.execute(f"select t::text from {table} t")
            text = "".join(row[0] for row in cursor.fetchall())
            for secret in (LAN, MU, "沐岚", "慕川", *(s.encode().hex() for s in (LAN, MU, "沐岚", "慕川"))):
                assert secret not in text, table
    assert models.Identifier.objects.count() == 2


@pytest.mark.clause("P3.1a")
def test_a_number_known_under_another_name_is_held_for_a_review_and_never_merged() -> None:
    known = resolve((LAN, "沐岚"))
    held = resolve((LAN, "慕川"), (LAN, "沐岚"), (LAN, "慕川"))
    assert outcomes(held) == [("review", "E-SUB-01"), ("existing", ""), ("review", "E-SUB-01")]
    assert held["subject_id"].to_list() == [None, known["subject_id"][0], None]
    (review,) = facade.list_open_reviews()
    assert (review.reason, review.subject_id.hex) == ("same_number_two_names", known["subject_id"][0])
    assert (review.source, review.opened_by, review.claimed_name) == ("batch-1", "clerk-lan", "")
    assert review.claimed_name_sealed is not None
    resolve((LAN, "慕川"))
    assert len(facade.list_open_reviews()) == 1
    assert models.Subject.objects.count() == 1


@pytest.mark.clause("P3.1a")
def test_two_names_for_a_new_number_in_one_batch_are_both_held() -> None:
    frame = resolve((LAN, "沐岚"), (LAN, "慕川"), (MU, "慕川"))
    assert outcomes(frame) == [("review", "E-SUB-04"), ("review", "E-SUB-04"), ("new", "")]
    assert len(facade.list_open_reviews()) == 2
    assert models.Name.objects.count() == 1
    assert outcomes(resolve((LAN, "沐岚"))) == [("review", "E-SUB-01")]


def test_the_same_name_of_two_people_has_two_tags() -> None:
    resolve((LAN, "沐岚"), (MU, "沐岚"))
    assert len({bytes(tag) for tag in models.Name.objects.values_list("tag", flat=True)}) == 2


def test_a_passport_and_an_id_number_with_the_same_letters_are_different_numbers() -> None:
    frame = claims(("A12345678", "沐岚"), ("A12345678", "慕川")).with_columns(
        pl.Series("id_kind", ["passport", "hk_macau_permit"])
    )
    assert outcomes(facade.resolve_many(frame, now=NOW, actor=CLERK)) == [("new", "")] * 2


def test_nothing_comes_back_for_no_claims() -> None:
    assert resolve().is_empty()


def test_sealed_fields_of_new_and_known_subjects_open_with_the_key_of_their_subject_only() -> None:
    from uuid import UUID

    from chengxin.crypto import facade as crypto
    from chengxin.crypto import vault
    from chengxin.crypto.contracts import Aad, CannotOpen
    from chengxin.subjects import keyholder

    frame = resolve((LAN, "沐岚"), (MU, "慕川"))
    rows = [b"r" * 16, b"s" * 16]
    sealed = facade.seal_column(frame["subject_id"], [b"one", b"two"], table="t", column="c", rows=rows)
    keyholder._held.keys.clear()
    ids = [UUID(hex=one) for one in frame["subject_id"]]
    keys = [vault.unwrap(facade.wrapped_keys([one])[one], subject_id=one) for one in ids]
    place = Aad(table="t", column="c", row=UUID(bytes=rows[0]))
    assert vault.open_sealed(keys[0], sealed[0], place.encoded()) == b"one"
    with pytest.raises(CannotOpen):
        vault.open_sealed(keys[1], sealed[0], place.encoded())
    # What intake is given to seal with later opens nothing of before.
    later = keyholder.sealing_keys(frame["subject_id"])[frame["subject_id"][0]]
    with pytest.raises(CannotOpen):
        crypto.unseal(later, sealed[0], aad=place)
    with pytest.raises(facade.NoKey):
        keyholder.sealing_keys(["0" * 32])


def test_the_database_refuses_a_persons_number_in_the_clear(owner: psycopg.Connection) -> None:
    with pytest.raises(psycopg.errors.CheckViolation, match="subjects_identifier_sealed"):
        owner.execute(
            "alter table subjects_identifier no force row level security;"
            "insert into subjects_identifier (id, subject_id, kind, blind, number, valid_from)"
            " values (gen_random_uuid(), gen_random_uuid(), 'id_no', '\\x00', '390101199001010017', '2026-01-01')"
        )


def test_what_one_block_answered_stands_in_the_next_and_another_name_is_still_held() -> None:
    resolver = facade.Resolver(now=NOW, actor=CLERK, source="batch-1")
    first = resolver.resolve(claims((LAN, "沐岚"), (FIRM, "云汀沐岚贸易有限公司")))
    second = resolver.resolve(claims((FIRM, "雲汀沐嵐貿易有限公司"), (LAN, "慕川"), (LAN, "沐岚")))
    third = resolver.resolve(claims((LAN, "慕川"), (MU, "慕川")))
    assert outcomes(first) == [("new", "")] * 2
    assert outcomes(second) == [("existing", ""), ("review", "E-SUB-01"), ("existing", "")]
    assert outcomes(third) == [("review", "E-SUB-01"), ("new", "")]
    assert second["subject_id"].to_list() == [first["subject_id"][1], None, first["subject_id"][0]]
    assert len(facade.list_open_reviews()) == 1


def test_a_number_with_two_names_in_one_block_is_held_in_every_block() -> None:
    resolver = facade.Resolver(now=NOW, actor=CLERK, source="batch-1")
    first = resolver.resolve(claims((LAN, "沐岚"), (LAN, "慕川")))
    assert outcomes(first) == [("review", "E-SUB-04")] * 2
    assert outcomes(resolver.resolve(claims((LAN, "沐岚")))) == [("review", "E-SUB-04")]
