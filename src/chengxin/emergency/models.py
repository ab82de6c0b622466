"""The one table: who asked for an access in an emergency, who confirmed it, for what and until when."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Access(models.Model):
    """An access in an emergency (紧急访问) to named items of one subject."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    number = models.CharField(max_length=40, db_comment="Number of its case.")
    case_id = models.UUIDField(unique=True, db_comment="Case in which it is confirmed.")
    subject_id = models.UUIDField(db_comment="[personal] Whom it is about.")
    body = models.CharField(max_length=40, db_comment="Body of who asks.")
    area = models.CharField(max_length=12, db_comment="Area of that body.")
    confirming_body = models.CharField(max_length=40, db_comment="Body whose other post confirms.")
    items = ArrayField(models.CharField(max_length=80), db_comment="Catalogue items asked for.")
    matter = models.CharField(max_length=60, db_comment="Number of the matter at the body, as it says.")
    reasons = models.CharField(max_length=500, db_comment="Why, in words.")
    asked_by = models.CharField(max_length=80, db_comment="Account that asks.")
    asked_at = models.DateTimeField(db_comment="Moment it asks.")
    confirmed_by = models.CharField(max_length=80, default="", db_comment="Account of another post that confirmed.")
    confirmed_at = models.DateTimeField(null=True, db_comment="Moment of that.")
    ends_at = models.DateTimeField(null=True, db_comment="Moment it ends by itself.")
    opened_at = models.DateTimeField(null=True, db_comment="Moment of the first look; the person was told with it.")
    refused_at = models.DateTimeField(null=True, db_comment="Moment it was refused.")

    class Meta:
        """Two named people; never longer than an hour; nothing is opened that nobody confirmed."""

        db_table = "emergency_access"
        db_table_comment = "[personal] Accesses in an emergency, confirmed by a second person."
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by="", confirmed_at=None, ends_at=None, opened_at=None)
                | (
                    Q(confirmed_by__startswith="account:", asked_by__startswith="account:", refused_at=None)
                    & ~Q(confirmed_by=F("asked_by"))
                    & Q(ends_at__gt=F("confirmed_at"), ends_at__lte=F("confirmed_at") + timedelta(hours=1))
                ),
                name="emergency_access_two",
            ),
            models.CheckConstraint(condition=~Q(reasons="") & ~Q(matter=""), name="emergency_access_why"),
            models.CheckConstraint(condition=~Q(items=[]), name="emergency_access_what"),
        ]
        indexes = [models.Index(fields=["asked_by", "-asked_at"], name="emergency_access_asker")]
