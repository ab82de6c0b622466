"""Tables of scenes, tokens, members of the points module and officers' choices."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from chengxin.incentives.contracts import Benefit, Family


class Scene(models.Model):
    """A scene (场景): what a partner gives to whom beyond the normal service, until when, how often it was used."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    area = models.CharField(max_length=12, db_comment="Area of the office that opened it.")
    family = models.CharField(max_length=20, db_comment="Family of scenes.")
    benefit = models.CharField(max_length=20, db_comment="Kind of benefit.")
    partner = models.CharField(max_length=80, db_comment="Who gives it.")
    title = models.CharField(max_length=60, db_comment="Title in Chinese.")
    title_en = models.CharField(max_length=120, default="", db_comment="Title in English, if any.")
    gives = models.CharField(max_length=300, db_comment="What it gives, in Chinese.")
    gives_en = models.CharField(max_length=500, default="", db_comment="The same in English, if any.")
    normal = models.CharField(max_length=300, db_comment="What everybody gets without it, in Chinese.")
    normal_en = models.CharField(max_length=500, default="", db_comment="The same in English, if any.")
    items = ArrayField(models.CharField(max_length=60), db_comment="Favourable catalogue items that count.")
    least = models.IntegerField(db_comment="Lines it takes.")
    years = models.IntegerField(db_comment="Years back that count.")
    points = models.IntegerField(default=0, db_comment="Points it takes; 0: none, so nobody has to be a member.")
    starts_on = models.DateField(db_comment="First day.")
    ends_on = models.DateField(db_comment="First day on which it is over.")
    ended_on = models.DateField(null=True, db_comment="First day it is over before that, when an officer ended it.")
    used = models.IntegerField(default=0, db_comment="Tokens that were redeemed.")
    opened_by = models.CharField(max_length=80, db_comment="Account that opened it.")

    class Meta:
        """A scene ends, rests on something good, and says what is normal."""

        db_table = "incentives_scene"
        db_table_comment = "Scenes in which good deeds open something extra."
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="incentives_scene_ends"),
            models.CheckConstraint(
                condition=Q(least__gte=1, years__gte=1, points__gte=0, used__gte=0, items__len__gt=0),
                name="incentives_scene_condition",
            ),
            models.CheckConstraint(condition=~Q(normal="") & ~Q(gives=""), name="incentives_scene_says"),
            models.CheckConstraint(
                condition=Q(family__in=[one.value for one in Family], benefit__in=[one.value for one in Benefit]),
                name="incentives_scene_kinds",
            ),
        ]


class Token(models.Model):
    """A single use of a scene (凭证). It belongs to nobody: no row says who asked for it."""

    digest = models.BinaryField(primary_key=True, db_comment="SHA-256 of the code; the code is not kept.")
    scene_id = models.UUIDField(db_comment="Scene it opens.")
    expires_at = models.DateTimeField(db_comment="Minute from which it opens nothing.")
    is_used = models.BooleanField(default=False, db_comment="Whether it was redeemed.")

    class Meta:
        """Name the table."""

        db_table = "incentives_token"
        db_table_comment = "Single-use codes of scenes; they carry no identity."


class Member(models.Model):
    """Somebody who chose to see points (诚信积分). Leaving deletes the row; who never joined has none."""

    subject_id = models.UUIDField(primary_key=True, db_comment="[personal] Who joined.")
    joined_at = models.DateTimeField(db_comment="When.")

    class Meta:
        """Name the table."""

        db_table = "incentives_member"
        db_table_comment = "[personal] Members of the points module; readable by themselves only."


class Choice(models.Model):
    """What an officer did with a hint for an operator (采用或者不采用); recorded, never scored."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    subject_id = models.UUIDField(db_comment="Operator it was about.")
    body = models.CharField(max_length=40, db_comment="Body of the officer.")
    matter = models.CharField(max_length=80, db_comment="Number of the matter that was being handled.")
    hint = models.CharField(max_length=40, db_comment="Code of the hint.")
    is_used = models.BooleanField(db_comment="Whether the officer used it.")
    reasons = models.CharField(max_length=300, default="", db_comment="Why not, when it was not used.")
    at = models.DateTimeField(db_comment="When.")
    actor_key = models.CharField(max_length=80, db_comment="Account of the officer.")

    class Meta:
        """Once per matter and hint; a hint that is not used has its reason."""

        db_table = "incentives_choice"
        db_table_comment = "Officers' choices on hints for operators."
        constraints = [
            models.UniqueConstraint(fields=["body", "matter", "subject_id", "hint"], name="incentives_choice_once"),
            models.CheckConstraint(condition=Q(is_used=True) | ~Q(reasons=""), name="incentives_choice_reason"),
        ]
