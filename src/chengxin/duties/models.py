"""Rules of platforms, what they do to merchants under them, and notices of infringed rights; hardly a row changes."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class PlatformRule(models.Model):
    """One version of a rule; only ever added."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    platform = models.CharField(max_length=40, db_comment="Body of the platform.")
    code = models.CharField(max_length=40, db_comment="Code of the rule on its platform.")
    version = models.SmallIntegerField(db_comment="From 1.")
    title = models.CharField(max_length=120, db_comment="Name of the rule.")
    text = models.TextField(db_comment="The whole rule.")
    comment_from = models.DateField(null=True, db_comment="First day of the public comment.")
    comment_until = models.DateField(null=True, db_comment="Last day of the public comment.")
    published_on = models.DateField(db_comment="Day it was made public.")
    effective_on = models.DateField(db_comment="Day it takes effect.")
    filed_at = models.DateTimeField(db_comment="Moment it was filed.")
    filed_by = models.CharField(max_length=80, db_comment="Who filed it.")

    class Meta:
        """Number the versions of a rule."""

        db_table = "duties_rule"
        db_table_comment = "Rules of platforms; public."
        constraints = [
            models.UniqueConstraint(fields=["platform", "code", "version"], name="duties_rule_version"),
            models.CheckConstraint(condition=Q(effective_on__gte=F("published_on")), name="duties_rule_after"),
        ]


class PlatformAction(models.Model):
    """One measure or class; it is lifted, never changed."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    number = models.CharField(max_length=24, unique=True, db_comment="Number for people.")
    platform = models.CharField(max_length=40, db_comment="Body of the platform.")
    shop_id = models.UUIDField(db_comment="Shop it is taken against.")
    shop_number = models.CharField(max_length=40, db_comment="Number of the shop on its platform.")
    subject_id = models.UUIDField(null=True, db_comment="Operator of the shop; null: unknown, or an individual.")
    kind = models.CharField(max_length=20, db_comment="Code of kinds.yaml.")
    grade = models.CharField(max_length=20, default="", db_comment="Grade of a class.")
    rule = models.ForeignKey(PlatformRule, on_delete=models.PROTECT, related_name="+", db_comment="Rule it rests on.")
    article = models.CharField(max_length=40, db_comment="Article of that rule.")
    reasons = models.CharField(max_length=500, db_comment="Why, numbers of people masked.")
    appeal_url = models.CharField(max_length=200, db_comment="Where to appeal at the platform.")
    is_public = models.BooleanField(db_comment="Whether law has it published (EC 36).")
    decided_on = models.DateField(db_comment="Day it was decided.")
    starts_on = models.DateField(db_comment="First day.")
    ends_on = models.DateField(null=True, db_comment="First day on which it no longer holds.")
    lifted_on = models.DateField(null=True, db_comment="Day it was lifted.")
    decided_by = models.CharField(max_length=80, db_comment="Account that decided.")

    class Meta:
        """Let only a named person act, on an article and with a way to appeal."""

        db_table = "duties_action"
        db_table_comment = "Measures of platforms against merchants; no public credit record."
        indexes = [
            models.Index(fields=["platform", "-id"], name="duties_action_platform"),
            models.Index(fields=["shop_id", "-id"], name="duties_action_shop"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(decided_by__startswith="account:"), name="duties_action_by_a_person"),
            models.CheckConstraint(
                condition=~Q(article="") & ~Q(reasons="") & Q(appeal_url__startswith="https://"),
                name="duties_action_can_be_appealed",
            ),
            models.CheckConstraint(condition=Q(grade="") | Q(is_public=False), name="duties_action_class_unpublished"),
        ]


class IpNotice(models.Model):
    """One notice of an infringed right; it and its steps are public (EC 44), its papers are not."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    number = models.CharField(max_length=24, unique=True, db_comment="Number for people: that of its case.")
    platform = models.CharField(max_length=40, db_comment="Body of the platform.")
    shop_id = models.UUIDField(db_comment="Shop whose goods are said to infringe.")
    shop_number = models.CharField(max_length=40, db_comment="Number of the shop on its platform.")
    subject_id = models.UUIDField(null=True, db_comment="Operator of the shop; null: unknown, or an individual.")
    right = models.CharField(max_length=12, db_comment="Kind of right.")
    right_number = models.CharField(max_length=60, db_comment="Number of the right in its register, if it has one.")
    holder = models.CharField(max_length=120, db_comment="Holder that is an organisation; empty: a natural person.")
    goods = models.CharField(max_length=300, db_comment="Goods it is about, numbers of people masked.")
    received_on = models.DateField(db_comment="Day the platform received it.")
    filed_by = models.CharField(max_length=80, db_comment="Who filed it.")

    class Meta:
        """Find the notices of a platform and of a shop."""

        db_table = "duties_ip_notice"
        db_table_comment = "Notices of infringed rights; public."
        indexes = [
            models.Index(fields=["platform", "-id"], name="duties_ip_platform"),
            models.Index(fields=["shop_id", "-id"], name="duties_ip_shop"),
        ]


class IpStep(models.Model):
    """A state a notice came to; only ever added."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    notice = models.ForeignKey(IpNotice, on_delete=models.PROTECT, related_name="steps", db_comment="Whose step.")
    place = models.SmallIntegerField(db_comment="From 1.")
    state = models.CharField(max_length=20, db_comment="State of its procedure.")
    on = models.DateField(db_column="on_day", db_comment="Day it came to it.")

    class Meta:
        """Number the steps of a notice."""

        db_table = "duties_ip_step"
        db_table_comment = "Course of notices of infringed rights; public."
        constraints = [models.UniqueConstraint(fields=["notice", "place"], name="duties_ip_step_place")]


class PlatformFiling(models.Model):
    """One filing of a platform; only ever added, a later one of the same window supplements it."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    number = models.CharField(max_length=24, unique=True, db_comment="Number for people.")
    platform = models.CharField(max_length=40, db_comment="Body of the platform.")
    duty = models.CharField(max_length=20, db_comment="Code of filings.yaml.")
    period = models.CharField(
        max_length=7, default="", db_comment="Month it is for; empty: of something that happened."
    )
    happened_on = models.DateField(null=True, db_comment="Day it happened; null: for a month, or since registration.")
    answers = models.JSONField(db_comment="Answers by field, numbers of people masked.")
    due_on = models.DateField(db_comment="Last day by the law of that day.")
    filed_on = models.DateField(db_comment="Day it was filed.")
    is_supplement = models.BooleanField(db_comment="Whether it follows an earlier one of the same window.")
    filed_by = models.CharField(max_length=80, db_comment="Who filed it.")

    class Meta:
        """Let the first filing of a window be one, so that it cannot be filed in time afterwards."""

        db_table = "duties_filing"
        db_table_comment = "What platforms file; public."
        indexes = [models.Index(fields=["platform", "-id"], name="duties_filing_platform")]
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "duty", "period"],
                condition=Q(is_supplement=False) & ~Q(period=""),
                name="duties_filing_first",
            ),
        ]


class ChannelProbe(models.Model):
    """What a test call to a channel of a platform found; only ever added."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    platform = models.CharField(max_length=40, db_comment="Body of the platform.")
    channel = models.CharField(max_length=20, db_comment="Code of channels.yaml.")
    depth = models.SmallIntegerField(db_comment="Steps of the menu before a person.")
    seconds = models.IntegerField(null=True, db_comment="Seconds until somebody answered; null: nobody did.")
    on = models.DateField(db_column="on_day", db_comment="Day of the test.")
    body = models.CharField(max_length=40, db_comment="Authority that tested.")
    probed_by = models.CharField(max_length=80, db_comment="Officer who tested.")

    class Meta:
        """Find the tests of a platform."""

        db_table = "duties_probe"
        db_table_comment = "Test calls to the channels of platforms; public."
        indexes = [models.Index(fields=["platform", "channel", "-on"], name="duties_probe_platform")]
        constraints = [
            models.CheckConstraint(condition=Q(seconds=None) | Q(seconds__gte=0), name="duties_probe_seconds"),
            models.CheckConstraint(condition=Q(probed_by__startswith="account:"), name="duties_probe_by_a_person"),
        ]
