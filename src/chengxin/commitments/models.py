"""The one table: what was promised, version after version."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengxin.commitments.contracts import Maker


class Commitment(models.Model):
    """One version of a commitment (承诺书), in the words that were signed; only its end is ever written to it."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    number = models.CharField(max_length=24, unique=True, db_comment="What everybody calls this version by.")
    subject_id = models.UUIDField(db_comment="[personal] Who promises.")
    is_person = models.BooleanField(db_comment="Whether a natural person promises: found by the number alone.")
    maker = models.CharField(max_length=12, db_comment="platform, merchant, individual or courier.")
    version = models.SmallIntegerField(db_comment="1 for the first of this maker, one more for each that replaces it.")
    sentences = models.JSONField(db_comment="The sentences with their ids and numbers; none when it was withdrawn.")
    tags = models.JSONField(db_comment="Tags of all sentences, to choose by.")
    statement = models.TextField(db_comment="Signed statement (JWS) of exactly these words.")
    signed_at = models.DateTimeField(db_comment="Moment it was signed.")
    signed_by = models.CharField(max_length=80, db_comment="Account that signed.")
    replaced_at = models.DateTimeField(null=True, db_comment="Moment the next version took its place.")

    class Meta:
        """Name the table; one standing version a maker, and an individual seller is a person."""

        db_table = "commitments_commitment"
        db_table_comment = "[personal] Commitments in measurable sentences."
        indexes = [models.Index(fields=["maker", "-signed_at"], name="commitments_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_id", "maker"], condition=Q(replaced_at__isnull=True), name="commitments_standing"
            ),
            models.UniqueConstraint(fields=["subject_id", "maker", "version"], name="commitments_version"),
            models.CheckConstraint(
                condition=Q(maker__in=[one.value for one in Maker]), name="commitments_commitment_maker"
            ),
            models.CheckConstraint(
                condition=Q(maker=Maker.INDIVIDUAL.value, is_person=True)
                | ~Q(maker=Maker.INDIVIDUAL.value) & Q(is_person=False),
                name="commitments_person",
            ),
        ]
