"""Watches: whom a body watches on the lists. What comes of one are cases, kept by casework."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Watch(models.Model):
    """One watch (关注): codes and identifiers alone; who is watched is a subject on file, never a name or a number."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    number = models.CharField(max_length=40, unique=True, db_comment="Number for people (编号).")
    body = models.CharField(max_length=40, db_comment="Body that watches.")
    subject_id = models.UUIDField(db_comment="[personal] Subject that is watched.")
    subject_kind = models.CharField(max_length=20, db_comment="Kind of the subject.")
    purpose = models.CharField(max_length=60, db_comment="Measure of the published list, or purpose rule.")
    lists = ArrayField(models.CharField(max_length=40), db_comment="Codes of the lists it looks at.")
    ground = models.CharField(max_length=20, db_comment="On what it rests: licence, case, consent.")
    reference = models.CharField(max_length=60, db_comment="Record, case number or authorisation it rests on.")
    basis = ArrayField(models.CharField(max_length=40), db_comment="Articles, as the watched reads them.")
    set_by = models.CharField(max_length=80, db_comment="Account or program that set it.")
    set_at = models.DateTimeField(db_comment="Moment of it.")
    set_on = models.DateField(db_comment="Legal day of it.")
    ends_on = models.DateField(db_comment="First day it holds no more.")
    ended_at = models.DateTimeField(null=True, db_comment="Moment it ended, whatever way.")
    ended_because = models.CharField(max_length=20, default="", db_comment="Why it ended.")

    class Meta:
        """Let none stand without lists, a basis and an end, and no second one for the same matter."""

        db_table = "watches_watch"
        db_table_comment = "[personal] Subjects that bodies watch on the lists."
        indexes = [
            models.Index(fields=["subject_id"], name="watches_watch_subject"),
            models.Index(fields=["body", "set_at"], name="watches_watch_body"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "subject_id", "purpose"], condition=Q(ended_at__isnull=True), name="watches_watch_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_because="")
                | (Q(ended_at__isnull=False) & ~Q(ended_because="")),
                name="watches_watch_ended_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(lists=[]) & ~Q(basis=[]) & ~Q(reference=""), name="watches_watch_grounded"
            ),
            models.CheckConstraint(condition=Q(ends_on__gt=F("set_on")), name="watches_watch_ends"),
        ]
