"""Tables of the misuse package: alerts, the looks behind them, marks no one can read back, and samples."""

from __future__ import annotations

from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from chengxin.misuse.contracts import MarkKind, SampleOutcome

CODE: Final = 40


class Alert(models.Model):
    """One alert (警示) about the looks of one member of staff; what is found stands in its case."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    account_id = models.UUIDField(db_comment="Account whose looks they were.")
    clerk_key = models.CharField(max_length=80, db_comment="The same as the log names it.")
    body = models.CharField(max_length=CODE, db_comment="Body the looks were made for.")
    area = models.CharField(max_length=12, db_comment="Area of that body.")
    opened_at = models.DateTimeField(db_comment="Moment of the alert.")
    last_hit_on = models.DateField(db_comment="Day of the last look that joined it.")
    patterns = ArrayField(models.CharField(max_length=CODE), db_comment="Codes of the signs.")
    case_id = models.UUIDField(unique=True, db_comment="Its case in casework.")
    case_number = models.CharField(max_length=CODE, db_comment="Number of that case.")
    explanation = models.CharField(max_length=2000, db_comment="What the member of staff explained; names nobody.")
    explained_at = models.DateTimeField(null=True, db_comment="Moment of the explanation.")
    slowed_until = models.DateTimeField(null=True, db_comment="End of the slowing the alert began, if any.")

    class Meta:
        """Name the table."""

        db_table = "misuse_alert"
        db_table_comment = "[personal] Alerts about looks of members of staff."
        indexes = [models.Index(fields=["clerk_key", "-last_hit_on"], name="misuse_alert_clerk")]


class Hit(models.Model):
    """One look behind an alert, by the event of the log."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="+", db_comment="Alert it belongs to.")
    event_id = models.UUIDField(db_comment="Event of the log.")
    subject_id = models.UUIDField(db_comment="[personal] Subject that was looked at; told when misuse is found.")
    looked_at = models.DateTimeField(db_comment="Moment of the look.")
    categories = ArrayField(models.CharField(max_length=80), db_comment="Catalogue items that were looked at.")

    class Meta:
        """Name the table; a look stands once under an alert."""

        db_table = "misuse_hit"
        db_table_comment = "[personal] Looks behind alerts."
        constraints = [models.UniqueConstraint(fields=["alert", "event_id"], name="misuse_hit_once")]


class Mark(models.Model):
    """A mark on a subject that only a look itself can meet: the row holds a keyed hash, no subject and no relation."""

    tag = models.BinaryField(max_length=16, primary_key=True, db_comment="Keyed hash of kind, declarer and subject.")
    kind = models.CharField(max_length=10, db_comment="canary or conflict.")
    owner_key = models.CharField(max_length=80, db_comment="Who declared it.")
    created_at = models.DateTimeField(db_comment="Moment it was declared.")
    ended_at = models.DateTimeField(null=True, db_comment="Moment it was taken back.")

    class Meta:
        """Name the table."""

        db_table = "misuse_mark"
        db_table_comment = "[personal] Canary subjects and declared conflicts, as keyed hashes."
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in MarkKind]), name="misuse_mark_kind")
        ]


class Sample(models.Model):
    """One explained look drawn by lot, to be reviewed by another unit (抽查)."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    month = models.DateField(db_comment="First day of the month drawn from.")
    event_id = models.UUIDField(unique=True, db_comment="Event of the log.")
    clerk_key = models.CharField(max_length=80, db_comment="Whose look it was.")
    body = models.CharField(max_length=CODE, db_comment="For which body.")
    area = models.CharField(max_length=12, db_comment="Area of that body.")
    looked_at = models.DateTimeField(db_comment="Moment of the look.")
    purpose = models.CharField(max_length=60, db_comment="Declared purpose.")
    reference = models.CharField(max_length=80, db_comment="Case or task that explains it.")
    reviewer_body = models.CharField(max_length=CODE, db_comment="Body that reviews it, not its own if it can be.")
    outcome = models.CharField(max_length=10, default="", db_comment="sound, doubtful, or empty while open.")
    reasons = models.CharField(max_length=500, default="", db_comment="Why, in words.")
    reviewed_by = models.CharField(max_length=80, default="", db_comment="Account of the reviewer.")
    reviewed_at = models.DateTimeField(null=True, db_comment="Moment of the review.")

    class Meta:
        """Name the table; a review names who made it, and never the one whose look it was."""

        db_table = "misuse_sample"
        db_table_comment = "[personal] Explained looks drawn for review."
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", reviewed_by="", reviewed_at__isnull=True)
                | (
                    Q(outcome__in=[one.value for one in SampleOutcome], reviewed_at__isnull=False)
                    & ~Q(reviewed_by="")
                    & ~Q(reasons="")
                ),
                name="misuse_sample_reviewed",
            ),
            models.CheckConstraint(condition=~Q(reviewed_by=models.F("clerk_key")), name="misuse_sample_not_own"),
        ]
        indexes = [models.Index(fields=["month", "body"], name="misuse_sample_month")]


class Round(models.Model):
    """One round of detection over one legal day: how many looks were checked, for the public counts."""

    day = models.DateField(primary_key=True, db_comment="Legal day that was checked.")
    looks = models.IntegerField(db_comment="Looks of staff on that day.")

    class Meta:
        """Name the table."""

        db_table = "misuse_round"
        db_table_comment = "Days that were checked, with the number of looks."
