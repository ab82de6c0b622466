"""The one table of the catalogue: item versions as they were published, so that records can point at them."""

from __future__ import annotations

from django.db import models


class CatalogueItemVersion(models.Model):
    """One published version of an item (目录条目版本); it never changes, a change is a new version."""

    id = models.SmallIntegerField(
        primary_key=True, db_comment="Small number for hot tables, given in the order of publication, never reused."
    )
    code = models.CharField(max_length=64, db_comment="Code of the item, such as penalty.")
    version = models.SmallIntegerField(db_comment="Version of the item, from 1.")
    effective_on = models.DateField(db_comment="First legal day of this version.")
    digest = models.CharField(max_length=64, db_comment="SHA-256 of the definition in its canonical form.")
    definition = models.JSONField(db_comment="The whole item version: fields, basis, clocks, disclosure.")
    loaded_at = models.DateTimeField(db_comment="Moment this database first held the version.")

    reference = models.CharField(
        max_length=40, db_default="", db_comment="Number of the amendment that decided it; empty if a file brought it."
    )

    class Meta:
        """Name the table and what the database itself refuses."""

        db_table = "catalogue_item_version"
        db_table_comment = "Published catalogue item versions; append-only, no personal data."
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="catalogue_item_version_code_version"),
            models.CheckConstraint(
                condition=models.Q(id__gt=0, version__gt=0), name="catalogue_item_version_counts_from_1"
            ),
            models.CheckConstraint(condition=~models.Q(code=""), name="catalogue_item_version_has_code"),
        ]
