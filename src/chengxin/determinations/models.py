"""The table of determinations; where one stands is its case's to say."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Determination(models.Model):
    """One determination of an untrustworthy act (失信行为认定): draft, days of service, the record it became."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7; the draft is sealed for it.")
    number = models.CharField(max_length=40, unique=True, db_comment="Number of its case (编号).")
    body = models.CharField(max_length=40, db_comment="Body that determines.")
    subject_id = models.UUIDField(db_comment="[personal] Subject of the act.")
    item_code = models.CharField(max_length=60, db_comment="Catalogue item it would become a record of.")
    case_id = models.UUIDField(db_comment="Case of the determination.")
    drafted_by = models.CharField(max_length=80, db_comment="Account of the drafter.")
    drafted_at = models.DateTimeField(db_comment="Moment of the draft.")
    sealed = models.BinaryField(db_comment="[personal] Fields of the item as drafted, under the subject's key.")
    noticed_on = models.DateField(null=True, db_comment="Day the prior notice was served; its clock starts here.")
    notice_proof = models.CharField(max_length=32, default="", db_comment="Keyed digest of the proof of that service.")
    decided_on = models.DateField(null=True, db_comment="Day the head of the body signed.")
    decided_by = models.CharField(max_length=80, default="", db_comment="Account of who signed; never the drafter.")
    served_on = models.DateField(null=True, db_comment="Day the decision was served; remedies count from here.")
    service_proof = models.CharField(max_length=32, default="", db_comment="Keyed digest of the proof of that service.")
    record_id = models.UUIDField(null=True, db_comment="Record it became, once entered.")
    undo_case_id = models.UUIDField(null=True, db_comment="Case in which the decision is undone, if one.")
    undone_at = models.DateTimeField(null=True, db_comment="Moment the decision was undone and the record withdrawn.")

    class Meta:
        """Let no decision stand without a served notice, no service without proof, no record without service."""

        db_table = "determinations_determination"
        db_table_comment = "[personal] Determinations of untrustworthy acts."
        indexes = [
            models.Index(fields=["body", "-id"], name="determinations_body"),
            models.Index(fields=["subject_id", "-id"], name="determinations_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(noticed_on__isnull=True) | Q(notice_proof__regex=r"^[0-9a-f]{32}$"),
                name="determinations_notice_proven",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True)
                | (
                    Q(noticed_on__isnull=False, decided_by__startswith="account:")
                    & Q(decided_on__gte=F("noticed_on"))
                    & ~Q(decided_by=F("drafted_by"))
                ),
                name="determinations_told_before_decided",
            ),
            models.CheckConstraint(
                condition=Q(served_on__isnull=True)
                | Q(
                    decided_on__isnull=False,
                    served_on__gte=F("decided_on"),
                    service_proof__regex=r"^[0-9a-f]{32}$",
                ),
                name="determinations_decided_before_served",
            ),
            models.CheckConstraint(
                condition=Q(record_id__isnull=True) | Q(served_on__isnull=False),
                name="determinations_served_before_entered",
            ),
        ]
