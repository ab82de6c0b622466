"""Tables of collection: batches, questioned rows, fixes. The rows themselves stay in the sealed file until accepted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Batch(models.Model):
    """One upload batch (上报批次): a file, an item, a body, what was found and what became of it."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    number = models.CharField(max_length=32, unique=True, db_comment="编号 people use.")
    body = models.CharField(max_length=40, db_comment="Body that files.")
    item = models.ForeignKey(
        "catalogue.CatalogueItemVersion",
        on_delete=models.PROTECT,
        related_name="+",
        db_comment="Catalogue item version the file is checked against.",
    )
    item_code = models.CharField(max_length=60, db_comment="Code of that item.")
    state = models.CharField(max_length=12, db_comment="validated, submitted, accepted or returned.")
    file_digest = models.CharField(max_length=64, db_comment="Keyed digest of the file's bytes.")
    file_name = models.CharField(max_length=200, db_comment="Name of the file, digits of long numbers struck out.")
    media = models.CharField(max_length=8, db_comment="csv, xlsx, parquet or jsonl.")
    encoding = models.CharField(max_length=12, db_comment="Encoding found.")
    formula_cells = models.CharField(
        max_length=80, default="", db_comment="First cells that hold a formula; their stored values were read."
    )
    size = models.BigIntegerField(db_comment="Bytes.")
    rows = models.IntegerField(db_comment="Rows in the file.")
    good = models.IntegerField(db_comment="Rows that passed every check.")
    questioned = models.IntegerField(db_comment="Rows with at least one issue.")
    accepted = models.IntegerField(default=0, db_comment="Rows that became new records.")
    corrected = models.IntegerField(default=0, db_comment="Rows that corrected a record.")
    repeated = models.IntegerField(default=0, db_comment="Rows that stood already.")
    linked = models.IntegerField(default=0, db_comment="Accepted rows about a subject known before.")
    held = models.IntegerField(default=0, db_comment="Rows held for an identity review.")
    late = models.IntegerField(default=0, db_comment="Accepted rows filed after the legal deadline.")
    published = models.IntegerField(default=0, db_comment="Rows published with this batch.")
    channel = models.CharField(max_length=12, db_comment="page, api or command.")
    idempotency_key = models.CharField(max_length=80, db_comment="Key the client sent, or empty.")
    uploaded_by = models.CharField(max_length=80, db_comment="Account or client that handed it in.")
    uploaded_at = models.DateTimeField(db_comment="Moment of upload.")
    approved_by = models.CharField(max_length=80, db_comment="Account of the second person.")
    accepted_at = models.DateTimeField(null=True, db_comment="Moment of acceptance.")
    case_id = models.UUIDField(null=True, db_comment="Approval case.")
    receipt_id = models.UUIDField(null=True, db_comment="Event that proves the acceptance.")
    returned_because = models.TextField(db_comment="Reasons of a return, or empty.")

    class Meta:
        """Name the table; the same file goes in once."""

        db_table = "intake_batch"
        db_table_comment = "Upload batches."
        constraints = [
            models.UniqueConstraint(
                fields=["body", "item_code", "file_digest"],
                condition=~Q(state="returned"),
                name="intake_batch_same_file",
            ),
            models.UniqueConstraint(
                fields=["uploaded_by", "idempotency_key"],
                condition=~Q(idempotency_key=""),
                name="intake_batch_same_key",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | (~Q(approved_by="") & ~Q(approved_by=models.F("uploaded_by"))),
                name="intake_batch_two_persons",
            ),
        ]
        indexes = [models.Index(fields=["body", "-id"], name="intake_batch_body")]


class QuestionedRow(models.Model):
    """One issue of one row (疑问数据); the value stays in the sealed file."""

    pk = models.CompositePrimaryKey("batch_id", "row", "field", "code")
    batch_id = models.UUIDField(db_comment="Batch.")
    row = models.IntegerField(db_comment="Line in the file.")
    field = models.CharField(max_length=60, db_comment="Field in question.")
    code = models.CharField(max_length=24, db_comment="Issue code.")
    body = models.CharField(max_length=40, db_comment="Body that files.")

    class Meta:
        """Name the table."""

        db_table = "intake_questioned_row"
        db_table_comment = "Issues of rows."


class Fix(models.Model):
    """One cell corrected in the page (改正), or a row left out; the new text is sealed."""

    pk = models.CompositePrimaryKey("batch_id", "row", "field")
    batch_id = models.UUIDField(db_comment="Batch.")
    row = models.IntegerField(db_comment="Line in the file.")
    field = models.CharField(max_length=60, db_comment="Field corrected; empty when the row is left out.")
    sealed = models.BinaryField(db_comment="[personal] New text, sealed.")
    body = models.CharField(max_length=40, db_comment="Body that files.")
    fixed_by = models.CharField(max_length=80, db_comment="Account.")
    fixed_at = models.DateTimeField(db_comment="Moment.")

    class Meta:
        """Name the table."""

        db_table = "intake_fix"
        db_table_comment = "[personal] Cells corrected before acceptance."
