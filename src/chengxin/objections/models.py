"""What a subject said in an objection, and the correction that answers it; the case itself is casework's."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Objection(models.Model):
    """What a subject said when opening an objection or asking for its review, and the mark that stands for it."""

    case_id = models.UUIDField(primary_key=True, db_comment="Case it opened.")
    origin_id = models.UUIDField(db_comment="Case of the first objection; of itself where it is that.")
    subject_id = models.UUIDField(db_comment="[personal] Subject who objects.")
    record_id = models.UUIDField(db_comment="Record objected to.")
    sealed = models.BinaryField(null=True, db_comment="[personal] A person's words under the subject's data key.")
    text = models.TextField(default="", db_comment="[personal] An operator's words; empty for a person.")
    written_at = models.DateTimeField(db_comment="Moment of writing.")
    mark_id = models.UUIDField(db_comment="Mark set on the record for it.")
    mark_lifted_at = models.DateTimeField(null=True, db_comment="Moment that mark was lifted; null: it stands.")
    review_until = models.DateField(null=True, db_comment="Last day to ask for a review; null: not decided yet.")
    review_case_id = models.UUIDField(null=True, db_comment="Case of the review, once it was asked for.")

    class Meta:
        """Name the table and the path by which the marks of lapsed windows are found."""

        db_table = "objections_objection"
        db_table_comment = "[personal] What subjects said in objections."
        indexes = [
            models.Index(fields=["subject_id", "record_id"], name="objections_objection_record"),
            models.Index(
                fields=["review_until"],
                condition=Q(mark_lifted_at__isnull=True, review_case_id__isnull=True),
                name="objections_objection_window",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(sealed__isnull=True) ^ Q(text=""), name="objections_objection_one_form"),
        ]


class Correction(models.Model):
    """The batch of one line by which a source proposes to correct a record under objection."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    case_id = models.UUIDField(db_comment="Case of the objection.")
    record_id = models.UUIDField(db_comment="Record to be corrected.")
    version = models.SmallIntegerField(db_comment="Version that is to be superseded.")
    batch_id = models.UUIDField(db_comment="Batch with the corrected line.")
    body = models.CharField(max_length=40, db_comment="Body that proposes it.")
    proposed_by = models.CharField(max_length=80, db_comment="Who proposes it.")
    at = models.DateTimeField(db_comment="When.")
    dropped_at = models.DateTimeField(null=True, db_comment="Moment it was sent back; null: it stands.")

    class Meta:
        """Name the table; one correction stands in a case."""

        db_table = "objections_correction"
        db_table_comment = "Corrections proposed in objections; no personal data."
        constraints = [
            models.UniqueConstraint(
                fields=["case_id"], condition=Q(dropped_at__isnull=True), name="objections_correction_one"
            ),
        ]
