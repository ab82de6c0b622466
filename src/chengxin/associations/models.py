"""Associations, their charters, members and acts; operators only, and hardly a row changes."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Association(models.Model):
    """A body that its credit office registered as an association."""

    body = models.CharField(max_length=40, primary_key=True, db_comment="Body of the association.")
    registered_at = models.DateTimeField(db_comment="Moment it was registered.")
    registered_by = models.CharField(max_length=80, db_comment="Who registered it.")

    class Meta:
        """Name the table."""

        db_table = "associations_association"
        db_table_comment = "Registered associations; public."


class Charter(models.Model):
    """One version of a charter; only ever added."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    association = models.CharField(max_length=40, db_comment="Body of the association.")
    version = models.SmallIntegerField(db_comment="From 1.")
    text = models.TextField(db_comment="The whole charter, an article a line.")
    adopted_on = models.DateField(db_comment="Day its members adopted it.")
    filed_at = models.DateTimeField(db_comment="Moment it was filed.")
    filed_by = models.CharField(max_length=80, db_comment="Who filed it.")

    class Meta:
        """Number the versions of a charter."""

        db_table = "associations_charter"
        db_table_comment = "Charters of associations; public."
        constraints = [models.UniqueConstraint(fields=["association", "version"], name="associations_charter_version")]


class Member(models.Model):
    """One membership; it ends, and never changes otherwise."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    association = models.CharField(max_length=40, db_comment="Body of the association.")
    subject_id = models.UUIDField(db_comment="Operator that is the member; never a natural person.")
    number = models.CharField(max_length=40, db_comment="Number of the member in its association.")
    name = models.CharField(max_length=200, db_comment="Name of the operator when it joined.")
    joined_on = models.DateField(db_comment="First day.")
    left_on = models.DateField(null=True, db_comment="First day on which it is no member.")
    filed_by = models.CharField(max_length=80, db_comment="Who filed it.")

    class Meta:
        """Let an operator be a member once at a time."""

        db_table = "associations_member"
        db_table_comment = "Members of associations; no public credit record."
        indexes = [models.Index(fields=["subject_id"], name="associations_member_subject")]
        constraints = [
            models.UniqueConstraint(fields=["association", "number"], name="associations_member_number"),
            models.UniqueConstraint(
                fields=["association", "subject_id"],
                condition=Q(left_on__isnull=True),
                name="associations_member_once",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")), name="associations_member_period"
            ),
        ]


class Act(models.Model):
    """One act of self-discipline; decided once, lifted once, never changed but by the end of its keeping."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    number = models.CharField(max_length=24, unique=True, db_comment="Number for people.")
    association = models.CharField(max_length=40, db_comment="Body of the association.")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+", db_comment="Against whom.")
    subject_id = models.UUIDField(db_comment="Operator that is the member.")
    case_id = models.UUIDField(db_comment="Case it is heard and decided in.")
    kind = models.CharField(max_length=20, db_comment="Code of kinds.yaml.")
    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="+", db_comment="Charter it rests on.")
    article = models.CharField(max_length=40, db_comment="Article of that charter.")
    reasons = models.CharField(max_length=500, db_comment="Why.")
    proposed_by = models.CharField(max_length=80, db_comment="Account that proposed it.")
    decided_by = models.CharField(max_length=80, default="", db_comment="Account that decided it.")
    decided_on = models.DateField(null=True, db_comment="Day it was decided; null: not yet, or dropped.")
    lifted_on = models.DateField(null=True, db_comment="Day it was lifted.")
    emptied_at = models.DateTimeField(null=True, db_comment="Moment its reasons were destroyed; null: kept.")

    class Meta:
        """Let only two named persons act, on an article and with reasons."""

        db_table = "associations_act"
        db_table_comment = "Acts of associations against members; no public credit record."
        indexes = [
            models.Index(fields=["association", "-id"], name="associations_act_newest"),
            models.Index(fields=["subject_id", "-id"], name="associations_act_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(article="")
                & (Q(emptied_at__isnull=True) & ~Q(reasons="") | Q(emptied_at__isnull=False, reasons="")),
                name="associations_act_grounded",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True, decided_by="", lifted_on__isnull=True)
                | (Q(decided_on__isnull=False, decided_by__startswith="account:") & ~Q(decided_by=F("proposed_by"))),
                name="associations_act_by_two",
            ),
        ]
