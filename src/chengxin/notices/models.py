"""The table of notices: what was said to whom, and the proof."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

CHANNELS = ["inbox", "sms", "letter", "in_person"]


class Notice(models.Model):
    """One notice (告知) to a subject or a body; its text is a code with parameters that name nobody."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    subject_id = models.UUIDField(null=True, db_comment="[personal] Subject it is served on, if a subject.")
    body = models.CharField(max_length=40, db_comment="Body it is served on, if a body.")
    sender_body = models.CharField(max_length=40, db_comment="Body that speaks; empty: the platform.")
    kind = models.CharField(max_length=40, db_comment="What it is about, such as batch_approved.")
    text_code = models.CharField(max_length=60, db_comment="Text to read, by its code.")
    parameters = models.JSONField(db_comment="Values for the text: numbers, days, item names; nothing of a person.")
    reference = models.CharField(max_length=80, db_comment="Case or document number it belongs to.")
    channel = models.CharField(max_length=12, db_comment="inbox, sms, letter or in_person.")
    served_at = models.DateTimeField(db_comment="Moment it was served.")
    proof = models.CharField(max_length=128, db_comment="Proof of service: digest of the receipt, or of the notice.")
    read_at = models.DateTimeField(null=True, db_comment="Moment it was first opened.")

    class Meta:
        """Name the table; a notice has exactly one addressee."""

        db_table = "notices_notice"
        db_table_comment = "[personal] Notices and proof of their service."
        indexes = [
            models.Index(
                fields=["subject_id", "-id"], condition=Q(subject_id__isnull=False), name="notices_notice_subject"
            ),
            models.Index(fields=["body", "-id"], condition=~Q(body=""), name="notices_notice_body"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(subject_id__isnull=True) & ~Q(body="")) | (Q(subject_id__isnull=False) & Q(body="")),
                name="notices_notice_one_addressee",
            ),
            models.CheckConstraint(condition=Q(channel__in=CHANNELS), name="notices_notice_channel"),
            models.CheckConstraint(condition=~Q(proof=""), name="notices_notice_proof"),
        ]
