"""The one table: what a person shows, to be opened by a code that is kept nowhere."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Presentation(models.Model):
    """One presentation (本人出示); what it shows is read live each time, nothing of it is stored here."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7; the log names openings by it.")
    subject_id = models.UUIDField(db_comment="[personal] Who shows it.")
    code_digest = models.BinaryField(unique=True, db_comment="SHA-256 of the code of 80 random bits.")
    reason = models.CharField(max_length=20, db_comment="Code of what it is for.")
    recipient = models.CharField(max_length=40, db_comment="[personal] For whom, as the person wrote it; may be empty.")
    claims = ArrayField(models.CharField(max_length=40), db_comment="Codes of the claims.")
    record_ids = ArrayField(models.UUIDField(), db_comment="Chosen lines; none when the whole is shown.")
    is_whole = models.BooleanField(db_comment="Whether all lines that may be shown are shown.")
    shows_name = models.BooleanField(db_comment="Whether the whole name is shown.")
    made_at = models.DateTimeField(db_comment="Moment it was made.")
    ends_at = models.DateTimeField(db_comment="From this moment it opens nothing.")
    uses_most = models.SmallIntegerField(db_comment="How often it may be opened.")
    uses = models.SmallIntegerField(default=0, db_comment="How often it was opened.")
    withdrawn_at = models.DateTimeField(null=True, db_comment="Moment the person took it back.")

    class Meta:
        """Name the table; something is shown, for a time, so many times."""

        db_table = "presentations_presentation"
        db_table_comment = "[personal] What persons show of themselves to others."
        indexes = [models.Index(fields=["subject_id", "-id"], name="presentations_subject")]
        constraints = [
            models.CheckConstraint(
                condition=Q(uses__gte=0, uses__lte=F("uses_most"), uses_most__gte=1), name="presentations_uses"
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("made_at")), name="presentations_ends"),
            models.CheckConstraint(
                condition=Q(is_whole=True) | ~Q(claims=[]) | ~Q(record_ids=[]), name="presentations_something"
            ),
        ]
