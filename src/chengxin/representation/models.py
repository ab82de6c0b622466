"""The one table: who may act for whom, for what, until when."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from chengxin.representation.contracts import Ground


class Mandate(models.Model):
    """One mandate (委托), from its offer to its end; what it allows is never changed, only accepted and ended."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    number = models.CharField(max_length=24, unique=True, db_comment="What both sides call it by.")
    subject_id = models.UUIDField(db_comment="[personal] Person who is represented.")
    ground = models.CharField(max_length=12, db_comment="Why the holder may act: mandate.")
    scopes = ArrayField(models.CharField(max_length=20), db_comment="What may be done: codes of scopes.yaml.")
    sealed_name = models.BinaryField(
        db_comment="[personal] Name of the representative as the represented wrote it, under the represented's key."
    )
    holder_tag = models.BinaryField(
        null=True, db_comment="[personal] Blind tag of the representative's number; gone once accepted or ended."
    )
    holder_key = models.CharField(max_length=80, default="", db_comment="Account that accepted; empty before.")
    granted_at = models.DateTimeField(db_comment="Moment it was offered.")
    granted_by = models.CharField(max_length=80, db_comment="Account that offered it.")
    ends_on = models.DateField(db_comment="First legal day on which it no longer holds.")
    accepted_at = models.DateTimeField(null=True, db_comment="Moment it was accepted.")
    ended_at = models.DateTimeField(null=True, db_comment="Moment somebody ended it.")
    ended_by = models.CharField(max_length=80, default="", db_comment="Account that ended it.")

    class Meta:
        """Name the table; a mandate looks at least, ends some day, and is nobody's own."""

        db_table = "representation_mandate"
        db_table_comment = "[personal] Who may act for whom online, for what, until when."
        indexes = [
            models.Index(fields=["subject_id", "-id"], name="representation_subject"),
            models.Index(fields=["holder_key", "-id"], name="representation_holder"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ground__in=[one.value for one in Ground]), name="representation_mandate_ground"
            ),
            models.CheckConstraint(condition=Q(scopes__contains=["look"]), name="representation_mandate_looks"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, holder_key="") | Q(accepted_at__isnull=False) & ~Q(holder_key=""),
                name="representation_mandate_held",
            ),
            models.CheckConstraint(condition=~Q(holder_key=F("granted_by")), name="representation_mandate_of_another"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by="") | Q(ended_at__isnull=False) & ~Q(ended_by=""),
                name="representation_mandate_end",
            ),
        ]
