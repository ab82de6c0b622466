"""Applied measures: each rests on a served decision, ends by itself, and is fed back."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from chengxin.measures.contracts import Because, Role

_REASONS = [one.value for one in Because]
_ROLES = ["", *(one.value for one in Role)]


class Applied(models.Model):
    """One applied measure (实施的措施): what, to whom, on what, decided by a second person, served, until when."""

    decision = models.OneToOneField(
        "determinations.Determination",
        primary_key=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_comment="The decision it rests on, with reasons and proportionality under the subject's key.",
    )
    number = models.CharField(max_length=40, unique=True, db_comment="Number of the decision's case.")
    measure = models.CharField(max_length=60, db_comment="Code of the measure on the list.")
    subject_id = models.UUIDField(db_comment="[personal] Subject it is applied to.")
    body = models.CharField(max_length=40, db_comment="Body that applies it.")
    ground_subject_id = models.UUIDField(db_comment="[personal] Subject of the record it rests on.")
    record_id = models.UUIDField(db_comment="Record it rests on.")
    entry_id = models.UUIDField(null=True, db_comment="Entry of a list it rests on, if one.")
    person_role = models.CharField(max_length=24, default="", db_comment="Role in which a named person answers.")
    proposed_by = models.CharField(max_length=80, db_comment="Account that proposed it.")
    noticed_on = models.DateField(db_comment="Day the prior notice was served.")
    decided_by = models.CharField(max_length=80, db_comment="Account that decided; never the one that proposed.")
    decided_on = models.DateField(db_comment="Day of the decision.")
    served_on = models.DateField(db_comment="Day the decision was served.")
    service_proof = models.CharField(max_length=32, db_comment="Keyed digest of the proof of that service.")
    starts_on = models.DateField(db_comment="First day it holds.")
    ends_on = models.DateField(null=True, db_comment="First day it no longer holds by itself; null: with its entry.")
    ended_at = models.DateTimeField(null=True, db_comment="Moment it ended.")
    ended_because = models.CharField(max_length=20, default="", db_comment="Why it ended.")
    ended_reasons = models.CharField(max_length=1000, default="", db_comment="In words, where an officer lifted it.")
    ended_by = models.CharField(max_length=80, default="", db_comment="Account that lifted it, or the platform's job.")
    result = models.CharField(max_length=1000, default="", db_comment="What became of it, fed back by the body.")
    result_at = models.DateTimeField(null=True, db_comment="Moment it was fed back.")

    class Meta:
        """Let no measure stand without a named second person, a notice, a served decision, or beyond its end."""

        db_table = "measures_applied"
        db_table_comment = "[personal] Applied measures."
        indexes = [
            models.Index(fields=["subject_id", "-decision"], name="measures_subject"),
            models.Index(fields=["body", "-decision"], name="measures_body"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(proposed_by__startswith="account:", decided_by__startswith="account:")
                & ~Q(decided_by=F("proposed_by")),
                name="measures_two_named_people",
            ),
            models.CheckConstraint(
                condition=Q(
                    decided_on__gte=F("noticed_on"),
                    served_on__gte=F("decided_on"),
                    starts_on__gte=F("served_on"),
                    service_proof__regex=r"^[0-9a-f]{32}$",
                ),
                name="measures_told_decided_served",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")), name="measures_end_after_start"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_because="")
                | Q(ended_at__isnull=False, ended_because__in=_REASONS),
                name="measures_ended_with_reason",
            ),
            models.CheckConstraint(condition=Q(person_role__in=_ROLES), name="measures_known_role"),
            models.UniqueConstraint(
                fields=["measure", "subject_id", "record_id", "body"],
                condition=Q(ended_at__isnull=True),
                name="measures_once_at_a_time",
            ),
        ]
