"""Plans with what could be drawn, the sealed seed, and samples from the draw to the final result."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from chengxin.inspections.contracts import Result, Way


class Plan(models.Model):
    """One plan (抽检方案): public from its first day, without saying who was drawn."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    number = models.CharField(max_length=40, unique=True, db_comment="Number of the plan (编号).")
    body = models.CharField(max_length=40, db_comment="Market regulator whose plan it is.")
    title = models.CharField(max_length=120, db_comment="Which goods.")
    category = models.CharField(max_length=20, db_comment="Code of market's categories.")
    standard = models.CharField(max_length=200, db_comment="By which standards they are tested.")
    way = models.CharField(max_length=10, db_comment="draw, or reported.")
    size = models.SmallIntegerField(db_comment="Samples that were drawn.")
    members = models.TextField(db_comment="Shops that could be drawn, one a line; empty where one was reported.")
    population_digest = models.CharField(max_length=64, db_comment="SHA-256 of `members`.")
    seed_digest = models.CharField(max_length=64, db_comment="SHA-256 of the seed, shown before the seed is.")
    opened_on = models.DateField(db_comment="Day it was drawn.")
    opened_by = models.CharField(max_length=80, db_comment="Officer who drew.")

    class Meta:
        """Let people alone draw."""

        db_table = "inspections_plan"
        db_table_comment = "Plans of sampling inspections; public."
        indexes = [models.Index(fields=["-id"], name="inspections_plan_newest")]
        constraints = [
            models.CheckConstraint(condition=Q(way__in=[one.value for one in Way]), name="inspections_plan_way"),
            models.CheckConstraint(condition=Q(opened_by__startswith="account:"), name="inspections_plan_by_a_person"),
            models.CheckConstraint(condition=Q(size__gt=0), name="inspections_plan_size"),
        ]


class Draw(models.Model):
    """The seed of a plan: the authority's alone until no sample is still to be bought."""

    plan = models.OneToOneField(
        Plan, primary_key=True, on_delete=models.PROTECT, related_name="+", db_comment="Plan that was drawn."
    )
    body = models.CharField(max_length=40, db_comment="Body of the plan.")
    seed = models.CharField(max_length=32, db_comment="What the draw followed from.")
    revealed_on = models.DateField(null=True, db_comment="Day everybody may read it; null: not yet.")

    class Meta:
        """Name the table."""

        db_table = "inspections_draw"
        db_table_comment = "Seeds of draws; public once every sample is bought or given up."


class Check(models.Model):
    """One check of pages or prices by an authority: how much was looked at and pointed at, of no named shop."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    kind = models.CharField(max_length=8, db_comment="price or page.")
    platform = models.CharField(max_length=40, db_comment="Body of the platform.")
    body = models.CharField(max_length=40, db_comment="Authority that checked.")
    on = models.DateField(db_column="on_day", db_comment="Day of the check.")
    looked = models.IntegerField(db_comment="Comparisons or items that were looked at.")
    pointed = models.IntegerField(db_comment="Those that were pointed at.")

    class Meta:
        """Name the table."""

        db_table = "inspections_check"
        db_table_comment = "Checks of pages and prices as counts; public, without a shop."
        indexes = [models.Index(fields=["kind", "platform", "id"], name="inspections_check_platform")]
        constraints = [
            models.CheckConstraint(
                condition=Q(pointed__gte=0, looked__gte=F("pointed")), name="inspections_check_counts"
            )
        ]


class Sample(models.Model):
    """One sample: bought without the merchant's knowledge, public only as a final result."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+", db_comment="Plan it was drawn for.")
    body = models.CharField(max_length=40, db_comment="Body of the plan.")
    platform = models.CharField(max_length=40, db_comment="Body of the platform.")
    shop_id = models.UUIDField(db_comment="Shop it was bought from.")
    subject_id = models.UUIDField(db_comment="Operator of the shop; individuals are not drawn.")
    case_id = models.UUIDField(unique=True, db_comment="Case in which it is taken.")
    case_number = models.CharField(max_length=40, db_comment="Number of that case.")
    goods = models.CharField(max_length=200, default="", db_comment="What was bought: name, model, batch.")
    order = models.CharField(max_length=64, default="", db_column="order_number", db_comment="Order of the purchase.")
    paid_fen = models.BigIntegerField(default=0, db_comment="What the authority paid.")
    bought_on = models.DateField(null=True, db_comment="Day it was bought.")
    reserve = models.CharField(
        max_length=120,
        default="",
        db_comment="Where its sealed rest is kept for a re-test; empty: none was, or its keeping ended.",
    )
    reserve_until = models.DateField(null=True, db_comment="Last day the rest is kept; null: not served yet.")
    laboratory = models.CharField(max_length=120, default="", db_comment="Who tested it.")
    retest_laboratory = models.CharField(max_length=120, default="", db_comment="Who tested it again.")
    finding = models.CharField(max_length=500, default="", db_comment="What was not met; empty where all was.")
    told_on = models.DateField(null=True, db_comment="Day the merchant received the result.")
    retest_until = models.DateField(null=True, db_comment="Last day of the right to a re-test.")
    result_case_id = models.UUIDField(null=True, unique=True, db_comment="Case of its result.")
    result_number = models.CharField(max_length=40, default="", db_comment="Number of that case.")
    result = models.CharField(max_length=8, default="", db_comment="Final result: passed, failed; empty: none yet.")
    published_on = models.DateField(null=True, db_comment="Day the final result was published.")
    published_by = models.CharField(max_length=80, default="", db_comment="Who published it.")
    public_until = models.DateField(null=True, db_comment="Last day it is public.")
    determination_id = models.UUIDField(null=True, db_comment="Determination begun after it was published.")

    class Meta:
        """Refuse a public result whose re-test right stands, and an unqualified one that no person published."""

        db_table = "inspections_sample"
        db_table_comment = "Samples and their final results; sealed until final."
        indexes = [
            models.Index(fields=["plan", "id"], name="inspections_sample_plan"),
            models.Index(fields=["subject_id", "-id"], name="inspections_sample_subject"),
            models.Index(fields=["shop_id", "-id"], name="inspections_sample_shop"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(bought_on__isnull=True, goods="", paid_fen=0)
                | Q(~Q(goods=""), bought_on__isnull=False, paid_fen__gt=0),
                name="inspections_sample_bought_whole",
            ),
            models.CheckConstraint(
                condition=Q(result__in=[one.value for one in Result]), name="inspections_sample_result"
            ),
            models.CheckConstraint(
                condition=~Q(result=Result.PASSED.value) | Q(finding=""), name="inspections_sample_passed_says_nothing"
            ),
            models.CheckConstraint(
                condition=Q(result="", published_on__isnull=True) | Q(told_on__isnull=False, bought_on__isnull=False),
                name="inspections_sample_final_after_service",
            ),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True)
                | Q(
                    Q(published_on__gt=F("retest_until")) | ~Q(retest_laboratory=""),
                    ~Q(result=""),
                    public_until__gte=F("published_on"),
                ),
                name="inspections_sample_public_after_the_right",
            ),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True)
                | Q(result=Result.PASSED.value)
                | Q(published_by__startswith="account:"),
                name="inspections_sample_unqualified_by_a_person",
            ),
            models.CheckConstraint(
                condition=Q(retest_laboratory="") | ~Q(retest_laboratory=F("laboratory")),
                name="inspections_sample_another_laboratory",
            ),
            models.CheckConstraint(
                condition=Q(determination_id__isnull=True) | Q(result=Result.FAILED.value, published_on__isnull=False),
                name="inspections_sample_found_after_publication",
            ),
        ]
