"""Clearances: an officer's word that somebody asked about is not the subject of an entry."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Clearance(models.Model):
    """One clearance (排除): both sides as keyed digests, so that it ends by itself when either changes."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    body = models.CharField(max_length=40, db_comment="Body whose officer cleared it; it counts for this body alone.")
    list = models.CharField(max_length=40, db_comment="Code of the kind of list.")
    entry_id = models.UUIDField(db_comment="Entry that was hit.")
    subject_id = models.UUIDField(db_comment="[personal] Subject of the entry.")
    query_tag = models.BinaryField(db_comment="Keyed digest of whom the query was about.")
    entry_tag = models.BinaryField(db_comment="Keyed digest of what the entry said.")
    asked_name = models.CharField(max_length=200, default="", db_comment="Name an enterprise was asked by; else ''.")
    rule = models.CharField(max_length=40, db_comment="Rule of the hit.")
    needs_second = models.BooleanField(db_comment="Whether a block was proposed, so that a second officer confirms.")
    reasons = models.CharField(max_length=1000, db_comment="Why it is somebody else; '' once destroyed.")
    proposed_by = models.CharField(max_length=80, db_comment="Account of the officer.")
    proposed_at = models.DateTimeField(db_comment="Moment of it.")
    confirmed_by = models.CharField(max_length=80, default="", db_comment="Account of the second officer.")
    confirmed_at = models.DateTimeField(null=True, db_comment="Moment of the confirmation.")
    ends_on = models.DateField(db_comment="First day it holds no more.")
    withdrawn_at = models.DateTimeField(null=True, db_comment="Moment it was taken back.")
    destroyed_at = models.DateTimeField(null=True, db_comment="Moment its words were destroyed, after its end.")

    class Meta:
        """Let nobody confirm their own, and none stand without a reason and an end."""

        db_table = "matching_clearance"
        db_table_comment = "[personal] Hits that officers cleared."
        indexes = [models.Index(fields=["body", "query_tag"], name="matching_clearance_query")]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by="")
                | (Q(confirmed_at__isnull=False) & ~Q(confirmed_by="") & ~Q(confirmed_by=F("proposed_by"))),
                name="matching_clearance_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=False, reasons="", asked_name="")
                | (Q(destroyed_at__isnull=True) & ~Q(reasons="")),
                name="matching_clearance_reasoned",
            ),
        ]
