"""Turn good rows into record versions: `shape` needs no database and may run ahead, `assign` finds whose they are.

Columns of the item keep their field names; what the platform adds begins with `@`, which no field name does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from chengxin.catalogue.contracts import FieldUse, ItemVersion
from chengxin.crypto import facade as crypto
from chengxin.intake.clock_columns import add_clocks
from chengxin.kernel.clock import legal_day
from chengxin.kernel.grams import gram_code_column
from chengxin.kernel.ids import new_id_bytes
from chengxin.kernel.subject_kind import SubjectKind
from chengxin.kernel.text import fold_column
from chengxin.records.facade import COLUMNS
from chengxin.subjects import facade as subjects

TABLE, COLUMN = "records_version", "sealed"
_DATES = {
    "ended_act_on": FieldUse.ENDED_ACT_ON,
    "determined_on": FieldUse.DETERMINED_ON,
    "notified_on": FieldUse.NOTIFIED_ON,
    "valid_until": FieldUse.VALID_UNTIL,
    "declared_publicity_until": FieldUse.PUBLICITY_UNTIL,
}
_TEXTS = {
    "filed_severity": FieldUse.SEVERITY,
    "procedure": FieldUse.PROCEDURE,
    "penalty_kinds": FieldUse.PENALTY_KIND,
}
_LATER_NULL, _FIRST_NULL = r',"[a-z0-9_]+":null', r'^\{"[a-z0-9_]+":null,?'
_NO_END = date(2099, 12, 31)
_IS_PERSON = pl.col("@kind") == SubjectKind.NATURAL_PERSON


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """Rows ready to be written, rows held for an identity review (line and code), and counts for quality figures."""

    versions: pl.DataFrame
    held: list[tuple[int, str]]
    linked: int
    late: int


def shape(good: pl.DataFrame, *, item: ItemVersion, body: str, pack: str, now: datetime) -> pl.DataFrame:
    """Return good rows with all that needs no database: clocks, content, what is to be sealed, ids and digests."""
    frame = add_clocks(_with_dates(good, item), item=item, on=legal_day(now), pack=pack)
    return _with_keys(_with_content(frame, item), item=item, body=body, now=now)


def assign(frame: pl.DataFrame, resolver: subjects.Resolver) -> Prepared:
    """Find whose each row is and seal it with that subject's key; runs in the transaction of the acceptance."""
    claims = frame.select("row", *(pl.col(f"@{name}").alias(name) for name in ("kind", "id_kind", "number", "name")))
    resolved = resolver.resolve(claims).select("row", pl.exclude("row").name.prefix("@"))
    frame = frame.join(resolved, on="row", how="left", maintain_order="left")
    held = frame.filter(pl.col("@outcome") == "review").select("row", "@code").rows()
    frame = _with_sealed(frame.filter(pl.col("@outcome") != "review") if held else frame)
    versions = frame.with_columns(pl.col("row").alias("@row_number"), pl.col("@kind").alias("@subject_kind"))
    return Prepared(
        # In the order of the key, so that its indexes are filled from one side and two batches meet in the same order.
        versions=versions.select(pl.col(f"@{name}").alias(name) for name in COLUMNS).sort("subject_id", "record_id"),
        held=held,
        linked=int((frame["@outcome"] == "existing").sum()),
        late=int(frame["@is_late"].sum()),
    )


def row_keys(frame: pl.DataFrame, *, item: ItemVersion, body: str) -> list[bytes]:
    """Return the keyed digest of body, item, subject number and identifying fields of each row."""
    names = [name for name in item.row_key if name in frame.columns]
    parts = [pl.col(name).cast(pl.String).fill_null("") for name in ("@number", *names)]
    text = frame.select(pl.concat_str(pl.lit(f"{body}|{item.code}"), *parts, separator="|"))
    return crypto.blind_many("records_version.row_key", text.to_series().to_list())


def _with_dates(frame: pl.DataFrame, item: ItemVersion) -> pl.DataFrame:
    """Add the facts clocks are computed from, under the names of records, from the fields the item uses for them."""
    present = set(frame.columns)

    def of(use: FieldUse) -> pl.Expr | None:
        field = item.field_for(use)
        return pl.col(field.name) if field is not None and field.name in present else None

    dates = {name: of(use) for name, use in _DATES.items()}
    texts = {name: of(use) for name, use in _TEXTS.items()}
    provenance = of(FieldUse.PROVENANCE)
    return frame.with_columns(
        *((pl.lit(None, dtype=pl.Date) if value is None else value).alias(f"@{name}") for name, value in dates.items()),
        *((pl.lit("") if value is None else value.fill_null("")).alias(f"@{name}") for name, value in texts.items()),
        (pl.lit("determined") if provenance is None else provenance.fill_null("determined")).alias("@provenance"),
    ).with_columns(_valid_until(of(FieldUse.REMOVED_ON)))


def _valid_until(removed_on: pl.Expr | None) -> pl.Expr:
    """Return the last day an entry counts: what the row says, at most the day before it was removed (移出)."""
    until = pl.when(pl.col("@valid_until") != _NO_END).then(pl.col("@valid_until"))
    if removed_on is None:
        return until.alias("@valid_until")
    return pl.min_horizontal(until, removed_on - pl.duration(days=1)).alias("@valid_until")


def _with_content(frame: pl.DataFrame, item: ItemVersion) -> pl.DataFrame:
    """Add `@content` (plain fields as JSON, nothing of a person), `@personal` (to be sealed) and `@whole`."""
    fields = [field for field in item.fields if field.name in frame.columns]
    plain = [field.name for field in fields if not field.personal]
    personal = [field.name for field in fields if field.personal]
    some = pl.any_horizontal(pl.lit(value=False), *(pl.col(name).is_not_null() for name in personal))
    frame = frame.with_columns(_json(plain).alias("@content"), _json(personal).alias("@personal"))
    whole = _joined("@content", "@personal") if plain and personal else pl.col("@content" if plain else "@personal")
    return frame.with_columns(whole.alias("@whole")).with_columns(
        pl.when(_IS_PERSON).then(pl.lit("{}")).otherwise(_without_nulls(pl.col("@content"))).alias("@content"),
        pl.when(_IS_PERSON).then("@whole").when(some).then("@personal").alias("@personal"),
    )


def _joined(first: str, second: str) -> pl.Expr:
    """Return two JSON objects with members as one: writing the members a second time costs more."""
    return pl.concat_str(pl.col(first).str.strip_suffix("}"), pl.lit(","), pl.col(second).str.strip_prefix("{"))


def _json(names: Sequence[str]) -> pl.Expr:
    return pl.struct(list(names)).struct.json_encode() if names else pl.lit("{}")


def _without_nulls(json: pl.Expr) -> pl.Expr:
    """Leave out what is null; inside a text a quotation mark has a backslash before it, so no text is touched."""
    return json.str.replace_all(_LATER_NULL, "").str.replace(_FIRST_NULL, "{")


def _with_keys(frame: pl.DataFrame, *, item: ItemVersion, body: str, now: datetime) -> pl.DataFrame:
    """Add the record id, the folded document number and the two keyed digests."""
    document = item.field_for(FieldUse.DOCUMENT_NO)
    folded = pl.Series([""] * frame.height, dtype=pl.String)
    if document is not None and document.name in frame.columns:
        folded = fold_column(frame[document.name].fill_null(""))
    raw = new_id_bytes(now, frame.height).tobytes()
    keys = row_keys(frame, item=item, body=body)
    frame = frame.with_columns(
        pl.Series("@record_id", [raw[at : at + 16].hex() for at in range(0, len(raw), 16)], dtype=pl.String),
        pl.Series("@row_key", [key.hex() for key in keys], dtype=pl.String),
        pl.when(_IS_PERSON).then(pl.lit("")).otherwise(folded).alias("@document_key"),
    )
    frame = frame.with_columns(gram_code_column(frame["@document_key"]).alias("@document_grams"))
    whole = frame.select(pl.concat_str("@row_key", "@whole", separator="|")).to_series()
    digests = crypto.blind_many("records_version.content", whole.to_list())
    return frame.with_columns(pl.Series("@content_digest", digests, dtype=pl.Binary))


def _with_sealed(frame: pl.DataFrame) -> pl.DataFrame:
    """Seal each row's personal text with its subject's key; the place it belongs to is the digest of its content."""
    digests = frame["@content_digest"]
    frame = frame.with_columns(digests.bin.encode("hex").alias("@content_digest"))
    rows = frame["@personal"].is_not_null()
    sealed = pl.Series("@sealed", [None] * frame.height, dtype=pl.String)
    if rows.any():
        personal = frame.filter(rows)
        values = subjects.seal_column(
            personal["@subject_id"],
            [text.encode() for text in personal["@personal"]],
            table=TABLE,
            column=COLUMN,
            rows=digests.filter(rows).to_list(),
        )
        sealed = sealed.scatter(rows.arg_true(), pl.Series([value.hex() for value in values], dtype=pl.String))
    return frame.with_columns(sealed)
