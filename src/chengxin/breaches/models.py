"""Breaches, the persons they concern and what was stopped."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from chengxin.breaches.contracts import Lever, Source

KEY = 80


class Incident(models.Model):
    """One breach; what is known stands in codes, so that nothing of a person is written here."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    number = models.CharField(max_length=40, unique=True, db_comment="Number of its case (编号).")
    case_id = models.UUIDField(unique=True, db_comment="Case in which it is handled.")
    body = models.CharField(max_length=40, db_comment="Body whose security administrator handles it.")
    source = models.CharField(max_length=10, db_comment="export, misuse, tip or staff.")
    source_ref = models.CharField(max_length=40, default="", db_comment="Number of what it came from, if one.")
    found_on = models.DateField(db_comment="Day it was found.")
    opened_by = models.CharField(max_length=KEY, db_comment="Account that opened it.")
    opened_at = models.DateTimeField(db_comment="Moment it was opened.")
    counted = models.IntegerField(default=0, db_comment="Persons its source says it holds.")
    assessment = models.JSONField(null=True, db_comment="Items, cause, harm, remedies and advice, by codes.")
    authority = models.CharField(max_length=20, default="", db_comment="Authority it was reported to, by code.")
    authority_ref = models.CharField(max_length=60, default="", db_comment="Number of that report.")
    authority_on = models.DateField(null=True, db_comment="Day of that report.")
    told_at = models.DateTimeField(null=True, db_comment="Moment the persons were told.")
    told_by = models.CharField(max_length=KEY, default="", db_comment="Account that told them.")
    waived_at = models.DateTimeField(null=True, db_comment="Moment it was decided not to tell them.")
    waived_by = models.CharField(max_length=KEY, default="", db_comment="Account that decided so.")
    waived_because = models.CharField(max_length=2000, default="", db_comment="Why harm was effectively avoided.")

    class Meta:
        """Name the table; persons are told, or another decided with reasons why not: never both, never silently."""

        db_table = "breaches_incident"
        db_table_comment = "[personal] Breaches of personal information."
        constraints = [
            models.CheckConstraint(
                condition=Q(source__in=[one.value for one in Source]), name="breaches_incident_source"
            ),
            models.UniqueConstraint(
                fields=["source", "source_ref"], condition=~Q(source_ref=""), name="breaches_incident_once"
            ),
            models.CheckConstraint(
                condition=Q(waived_at__isnull=True)
                | (
                    Q(told_at__isnull=True, waived_by__startswith="account:")
                    & ~Q(waived_because="")
                    & ~Q(waived_by=F("opened_by"))
                ),
                name="breaches_incident_waived_by_another",
            ),
            models.CheckConstraint(
                condition=(Q(told_at__isnull=True) & Q(waived_at__isnull=True))
                | Q(assessment__isnull=False, authority_on__isnull=False),
                name="breaches_incident_reported_first",
            ),
        ]


class Person(models.Model):
    """One person a breach concerns; told once."""

    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, related_name="+", db_comment="Breach that concerns the person."
    )
    subject_id = models.UUIDField(db_comment="[personal] Subject that is told.")
    told_at = models.DateTimeField(null=True, db_comment="Moment the notice was served.")
    pk = models.CompositePrimaryKey("incident_id", "subject_id")

    class Meta:
        """Name the table."""

        db_table = "breaches_person"
        db_table_comment = "[personal] Persons that breaches concern."


class Stop(models.Model):
    """One thing stopped to contain a breach (补救措施), by reference."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="+", db_comment="Breach it contains.")
    lever = models.CharField(max_length=10, db_comment="account or client.")
    reference = models.CharField(max_length=KEY, db_comment="Key of the account or id of the program.")
    at = models.DateTimeField(db_comment="Moment it was stopped.")
    actor_key = models.CharField(max_length=KEY, db_comment="Account that stopped it.")
    reasons = models.CharField(max_length=500, db_comment="Why.")

    class Meta:
        """Name the table."""

        db_table = "breaches_stop"
        db_table_comment = "[personal] What was stopped to contain breaches."
        constraints = [
            models.CheckConstraint(condition=Q(lever__in=[one.value for one in Lever]), name="breaches_stop_lever")
        ]
