"""Leads, the findings behind them, who is behind those, and what merchants answered."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from chengxin.leads.contracts import Grade, Outcome


class Lead(models.Model):
    """A lead about a shop of an operator; where it stands is in its case."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    platform = models.CharField(max_length=40, db_comment="Body of the platform.")
    shop_id = models.UUIDField(db_comment="Shop it is about.")
    subject_id = models.UUIDField(db_comment="Operator of the shop; individuals have no leads.")
    body = models.CharField(max_length=40, db_comment="Authority of the place, which looks into it.")
    first_day = models.DateField(db_comment="First day of what was found.")
    end_day = models.DateField(db_comment="Day after the last one.")
    opened_at = models.DateTimeField(db_comment="Moment it was opened.")
    case_id = models.UUIDField(unique=True, db_comment="Its case in casework.")
    case_number = models.CharField(max_length=40, db_comment="Number of that case.")
    shown_at = models.DateTimeField(null=True, db_comment="Moment an officer opened it to the merchant.")
    answer_by = models.DateField(null=True, db_comment="Last day on which the merchant explains.")
    determination_id = models.UUIDField(null=True, db_comment="Determination begun after it was found true.")
    destroyed_at = models.DateTimeField(null=True, db_comment="Moment its evidence was destroyed; its steps stay.")
    is_harmed = models.BooleanField(default=False, db_default=False, db_comment="The shop is who suffers.")

    class Meta:
        """Name the table."""

        db_table = "leads_lead"
        db_table_comment = (
            "[personal] Leads about shops; class lead: never public, in no report, ground for no measure."
        )
        indexes = [models.Index(fields=["shop_id", "-id"], name="leads_lead_shop")]
        constraints = [
            models.CheckConstraint(condition=Q(end_day__gt=F("first_day")), name="leads_lead_window"),
            models.CheckConstraint(
                condition=Q(shown_at__isnull=True, answer_by__isnull=True)
                | Q(shown_at__isnull=False, answer_by__isnull=False),
                name="leads_lead_shown_with_a_day",
            ),
            models.CheckConstraint(
                condition=Q(is_harmed=False) | Q(determination_id__isnull=True), name="leads_lead_harmed_is_not_judged"
            ),
        ]


class Finding(models.Model):
    """What one rule found about a shop; without a lead it is a note."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    lead = models.ForeignKey(
        Lead, null=True, on_delete=models.PROTECT, related_name="+", db_comment="Lead; null: note."
    )
    platform = models.CharField(max_length=40, db_comment="Body of the platform.")
    shop_id = models.UUIDField(db_comment="Shop it is about.")
    shop_number = models.CharField(max_length=40, db_comment="Number of the shop on its platform.")
    family = models.CharField(max_length=20, db_comment="Code of families.yaml.")
    rule = models.CharField(max_length=40, db_comment="Rule that fired.")
    kind = models.CharField(max_length=20, db_comment="Which rules speak with one voice.")
    first_day = models.DateField(db_comment="First day of its window.")
    end_day = models.DateField(db_comment="Day after the last one.")
    rows = models.JSONField(db_comment="Rows it fired on: day, order, values.")
    values = models.JSONField(db_comment="What was measured over all rows.")
    limits = models.JSONField(db_comment="Thresholds.")
    honest_per_10000 = models.FloatField(null=True, db_comment="How often the honest fire it; null: unknown.")
    says = models.JSONField(db_comment="What it says, in Chinese and English.")
    clears = models.JSONField(db_comment="What would have cleared it, in Chinese and English.")
    model = models.CharField(max_length=60, db_comment="Version of the rules.")
    taken_at = models.DateTimeField(db_comment="Moment it was taken.")
    outcome = models.CharField(max_length=10, default="", db_comment="founded, unfounded, expired; empty while open.")
    reference = models.CharField(max_length=64, default="", db_comment="Number of a platform's own report.")
    substance = models.CharField(max_length=1, default="", db_comment="What a platform's report brings: A, B or C.")
    destroyed_at = models.DateTimeField(null=True, db_comment="Moment its rows and values were destroyed.")

    class Meta:
        """Refuse evidence that is not whole, whoever forgets it in Python."""

        db_table = "leads_finding"
        db_table_comment = "[personal] Findings of detection and of platforms, with their evidence; never public."
        indexes = [
            models.Index(fields=["shop_id", "-taken_at"], name="leads_finding_shop"),
            models.Index(fields=["lead"], name="leads_finding_lead"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(end_day__gt=F("first_day")), name="leads_finding_window"),
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=False)
                | (~Q(rows=[]) & ~Q(values={}) & ~Q(model="") & ~Q(clears=["", ""]) & ~Q(says=["", ""])),
                name="leads_finding_whole",
            ),
            models.CheckConstraint(
                condition=Q(reference="", substance="")
                | Q(~Q(reference=""), family="platform", substance__in=[one.value for one in Grade]),
                name="leads_finding_graded",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(outcome__in=[one.value for one in Outcome], lead__isnull=False),
                name="leads_finding_outcome_of_a_lead",
            ),
            models.UniqueConstraint(
                fields=["platform", "reference"], condition=~Q(reference=""), name="leads_finding_reference_once"
            ),
        ]


class Ring(models.Model):
    """The accounts behind a finding, as keyed hashes of the lake, and their orders by shop and day."""

    finding = models.OneToOneField(
        Finding, primary_key=True, on_delete=models.PROTECT, related_name="+", db_comment="Finding they are behind."
    )
    accounts = models.JSONField(db_comment="[personal] Keyed hashes of the accounts; nobody is named.")
    edges = models.JSONField(db_comment="Place of the account, shop, day.")
    omitted = models.IntegerField(default=0, db_comment="Orders beyond the most that are kept.")

    class Meta:
        """Name the table."""

        db_table = "leads_ring"
        db_table_comment = "[personal] Accounts behind findings; for whoever handles the lead alone."


class Answer(models.Model):
    """What a merchant said about a lead that was opened to it."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="+", db_comment="Lead it is about.")
    text = models.CharField(max_length=2000, db_comment="[personal] The explanation.")
    actor_key = models.CharField(max_length=80, db_comment="Account that wrote it.")
    at = models.DateTimeField(db_comment="Moment it was written.")
    destroyed_at = models.DateTimeField(null=True, db_comment="Moment the explanation was destroyed.")

    class Meta:
        """Name the table."""

        db_table = "leads_answer"
        db_table_comment = "[personal] Explanations of merchants."
        constraints = [
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=False) | ~Q(text=""), name="leads_answer_says_something"
            )
        ]
