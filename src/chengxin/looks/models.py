"""The tables of looks: what is withheld for a time, and who wants to be told of the yearly summary."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Restriction(models.Model):
    """One look that its person is not shown for a time (依法暂不显示); its case holds why and who asked."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    registration_id = models.UUIDField(db_comment="What its case is about; one registration may cover several looks.")
    event = models.ForeignKey(
        "audit.Event", on_delete=models.PROTECT, related_name="+", db_comment="The look in the log, and no other."
    )
    subject_id = models.UUIDField(db_comment="[personal] Whom the look was at, the same as the event says.")
    looked_on = models.DateField(db_comment="Legal day of the look; the person sees how many a month.")
    body = models.CharField(max_length=40, db_comment="Body that looked and asked for the restriction.")
    ground = models.CharField(max_length=40, db_comment="Code of the statutory ground.")
    ends_on = models.DateField(db_comment="From 00:00 of this day the person sees the look by itself.")
    proposed_by = models.CharField(max_length=80, db_comment="Who asked for it.")
    proposed_at = models.DateTimeField(db_comment="When; nothing is withheld by that.")
    approved_by = models.CharField(max_length=80, default="", db_comment="Who approved it; another than who asked.")
    approved_at = models.DateTimeField(null=True, db_comment="From when the look is withheld.")
    ended_at = models.DateTimeField(null=True, db_comment="When it was lifted, or noted as lapsed.")

    class Meta:
        """Name the table; a look is withheld once, by two people, on a ground and for a time."""

        db_table = "looks_restriction"
        db_table_comment = "[personal] Looks withheld from their person for a time, on a statutory ground."
        indexes = [models.Index(fields=["subject_id"], name="looks_restriction_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["event"], condition=Q(approved_at__isnull=False), name="looks_restriction_once"
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by="")
                | Q(approved_at__isnull=False) & ~Q(approved_by="") & ~Q(approved_by=F("proposed_by")),
                name="looks_restriction_two_people",
            ),
            models.CheckConstraint(condition=~Q(ground="") & ~Q(proposed_by=""), name="looks_restriction_ground"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("looked_on")), name="looks_restriction_ends"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(approved_at__isnull=False), name="looks_restriction_began"
            ),
        ]


class Summary(models.Model):
    """Whether a person is told that the yearly summary (年度小结) is there, and of which year they were told last."""

    subject_id = models.UUIDField(primary_key=True, db_comment="[personal] Whose summary it is.")
    is_wanted = models.BooleanField(default=True, db_comment="Whether a message says that it is there.")
    told_year = models.SmallIntegerField(default=0, db_comment="Last year a message told of; 0 for none.")

    class Meta:
        """Name the table; the summary itself is counted when it is read and kept nowhere."""

        db_table = "looks_summary"
        db_table_comment = "[personal] Who is told of the yearly summary, and of which year last."
