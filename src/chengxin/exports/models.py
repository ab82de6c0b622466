"""The ledger of exports; rows are only ever added."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import F, Q

MOST_PERSONS: Final = 50


class Export(models.Model):
    """One file with people in it that left the platform (导出), and who answers for it."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7; the secret of its marks is derived from it.")
    number = models.CharField(max_length=40, unique=True, db_comment="Number that stands in the file.")
    actor_key = models.CharField(max_length=80, db_comment="Account that exported.")
    body = models.CharField(max_length=40, db_comment="Body it exported for.")
    area = models.CharField(max_length=12, db_comment="Area of that body.")
    purpose = models.CharField(max_length=60, db_comment="Declared purpose.")
    reference = models.CharField(max_length=80, db_comment="Batch, case or report it is of.")
    persons = models.IntegerField(db_comment="How many persons it holds.")
    made_at = models.DateTimeField(db_comment="Moment it was made.")
    approved_by = models.CharField(
        max_length=80, db_comment="Second account that approved it, empty if none was needed."
    )
    delete_by = models.DateTimeField(db_comment="Moment by which the file must be deleted.")

    class Meta:
        """Name the table; more than fifty persons never leave on one pair of eyes (red line 16)."""

        db_table = "exports_export"
        db_table_comment = "[personal] Exports, and who answers for them."
        constraints = [
            models.CheckConstraint(
                condition=Q(persons__lte=MOST_PERSONS) | (~Q(approved_by="") & ~Q(approved_by=F("actor_key"))),
                name="exports_export_four_eyes",
            ),
            models.CheckConstraint(condition=Q(persons__gte=0), name="exports_export_persons"),
        ]


class Person(models.Model):
    """One person an export holds, by the keyed hash of their number: who they are is found when there was a leak."""

    export = models.ForeignKey(
        Export, on_delete=models.PROTECT, related_name="+", db_comment="Export that holds the person."
    )
    tag = models.BinaryField(max_length=16, db_comment="[personal] Keyed hash of the number, as `subjects` has it.")
    pk = models.CompositePrimaryKey("export_id", "tag")

    class Meta:
        """Name the table; a person stands once in an export."""

        db_table = "exports_person"
        db_table_comment = "[personal] Persons in exports, as keyed hashes of their numbers."
