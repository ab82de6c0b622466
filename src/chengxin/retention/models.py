"""The list of what was destroyed; rows are only ever added."""

from __future__ import annotations

from django.db import models


class Destruction(models.Model):
    """One thing whose contents were destroyed because its period had ended (销毁)."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    kind = models.CharField(max_length=40, db_comment="Kind of a rule, such as tip.")
    reference = models.CharField(max_length=80, db_comment="Number of the thing; never a number of a person.")
    files = models.IntegerField(db_comment="Sealed files destroyed with their keys.")
    destroyed_at = models.DateTimeField(db_comment="Moment it was destroyed.")

    class Meta:
        """Name the table; a thing is destroyed once."""

        db_table = "retention_destruction"
        db_table_comment = "[personal] What was destroyed at the end of its period."
        constraints = [models.UniqueConstraint(fields=["kind", "reference"], name="retention_destruction_once")]
        indexes = [models.Index(fields=["-destroyed_at", "id"], name="retention_destruction_newest")]
