"""Clearances, the log of answers, and the indexes they followed from, so that each answer can be made again."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
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


class Line(models.Model):
    """One entry as an index held it; kept once, however many indexes hold it."""

    id = models.BigAutoField(primary_key=True, db_comment="Place in the bits of a segment.")
    digest = models.BinaryField(null=True, unique=True, db_comment="Digest of what it says; null once destroyed.")
    entry_id = models.UUIDField(null=True, db_comment="Entry of a public list; null once destroyed.")
    kind = models.CharField(max_length=40, db_comment="Code of the kind of list.")
    name = models.TextField(db_comment="[personal] Name the operator had.")
    alias = models.TextField(db_comment="[personal] Former names, by a bar.")
    uscc = models.CharField(max_length=18, db_comment="Credit code.")
    seen_on = models.DateField(db_comment="Last day an index was built that holds it.")

    class Meta:
        """Name the table."""

        db_table = "matching_line"
        db_table_comment = "[personal] Entries as indexes held them."


class Segment(models.Model):
    """One segment of an index by its version: which lines it held."""

    version = models.CharField(primary_key=True, max_length=16, db_comment="Digest of its lines and the rules.")
    rules = models.CharField(max_length=20, db_comment="Version of the rules.")
    lines = models.BinaryField(db_comment="One bit for each line, packed; empty once destroyed.")
    seen_on = models.DateField(db_comment="Last day it was built.")

    class Meta:
        """Name the table."""

        db_table = "matching_segment"
        db_table_comment = "Segments of indexes that answers followed from."


class Answer(models.Model):
    """What one batch was answered: keyed digests of what was asked, and what was hit; no name and no number."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7; the number of the batch in every look of it.")
    body = models.CharField(max_length=40, db_comment="Body that asked.")
    asked_by = models.CharField(max_length=80, db_comment="Program or account that asked.")
    at = models.DateTimeField(db_comment="Moment of the answer.")
    purpose = models.CharField(max_length=60, db_comment="Measure it was asked for.")
    lists = ArrayField(models.CharField(max_length=40), db_comment="Codes of the lists that were looked at.")
    places = models.JSONField(db_comment="Place of the newest change of each list.")
    base = models.ForeignKey(
        Segment, models.PROTECT, related_name="+", db_comment="Large segment.", db_column="base", db_index=False
    )
    came = models.ForeignKey(
        Segment, models.PROTECT, related_name="+", null=True, db_comment="Small one.", db_column="came", db_index=False
    )
    rules = models.CharField(max_length=20, db_comment="Version of the rules.")
    outcomes = models.TextField(db_comment="A letter for each row; empty once destroyed.")
    tags = models.BinaryField(db_comment="[personal] Keyed digest of each row as it was asked, 16 bytes each.")
    hits = models.JSONField(db_comment="By row: entry, version, rule, score, tier, action, digest of the explanation.")
    destroyed_at = models.DateTimeField(null=True, db_comment="Moment its rows were destroyed.")

    class Meta:
        """Let each row have a digest and an outcome."""

        db_table = "matching_answer"
        db_table_comment = "[personal] Log of answers of matching."
        indexes = [models.Index(fields=["at"], condition=Q(destroyed_at__isnull=True), name="matching_answer_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=True) | Q(outcomes="", hits={}), name="matching_answer_destroyed_empty"
            ),
        ]
