"""Amendments and what everybody said about them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from chengxin.amendments.contracts import HiddenBecause, Look, Verdict

CODE = 80


class Amendment(models.Model):
    """One amendment of a catalogue item; what was opened to comment never changes, a change is a new amendment."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    number = models.CharField(max_length=40, unique=True, db_comment="Number of its case (编号).")
    item_code = models.CharField(max_length=64, db_comment="Item it would change or add.")
    place = models.SmallIntegerField(db_comment="The first amendment of the item is 1.")
    version = models.SmallIntegerField(db_comment="Version of the item it would become.")
    written = models.TextField(db_comment="The draft as YAML, as it was handed in.")
    definition = models.JSONField(db_comment="The item version it describes, in canonical form.")
    digest = models.CharField(max_length=64, db_comment="SHA-256 of that definition: what the public saw.")
    effective_on = models.DateField(db_comment="First day, as drafted or put off later.")
    reasons = models.CharField(max_length=2000, db_comment="Why the catalogue is to change.")
    body = models.CharField(max_length=40, db_comment="Office that keeps the catalogue.")
    case_id = models.UUIDField(unique=True, db_comment="Case of the amendment.")
    drafted_by = models.CharField(max_length=CODE, db_comment="Account of the drafter.")
    drafted_at = models.DateTimeField(db_comment="Moment of the draft.")
    opened_on = models.DateField(null=True, db_comment="First day of public comment.")
    closes_on = models.DateField(null=True, db_comment="Last day of public comment, included.")
    assessment = models.JSONField(null=True, db_comment="Impact assessment (PIPL 55, 56) and expert note.")
    assessed_by = models.CharField(max_length=CODE, default="", db_comment="Account of who assessed.")
    assessed_at = models.DateTimeField(null=True, db_comment="Moment of the assessment; kept three years and more.")
    decided_by = models.CharField(max_length=CODE, default="", db_comment="Account of who decided; not the drafter.")
    decided_at = models.DateTimeField(null=True, db_comment="Moment of the decision.")
    decision_reasons = models.CharField(max_length=2000, default="", db_comment="Reasons of the decision.")
    item_version_id = models.SmallIntegerField(null=True, db_comment="Number of the version it became.")

    class Meta:
        """Name the table; nobody approves their own draft, and nothing becomes a version unheard or unassessed."""

        db_table = "amendments_amendment"
        db_table_comment = "Amendments of the catalogue; public from the day they are opened to comment."
        constraints = [
            models.UniqueConstraint(fields=["item_code", "place"], name="amendments_amendment_place"),
            models.CheckConstraint(
                condition=Q(opened_on__isnull=True, closes_on__isnull=True)
                | Q(opened_on__isnull=False, closes_on__gte=F("opened_on")),
                name="amendments_amendment_open",
            ),
            models.CheckConstraint(
                condition=Q(item_version_id__isnull=True)
                | (
                    Q(
                        opened_on__isnull=False,
                        assessed_at__isnull=False,
                        decided_at__isnull=False,
                        decided_by__startswith="account:",
                    )
                    & ~Q(decided_by=F("drafted_by"))
                ),
                name="amendments_amendment_heard_and_seconded",
            ),
        ]


class Comment(models.Model):
    """What somebody said about an amendment; published after a look for personal data, answered with the decision."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    amendment = models.ForeignKey(
        Amendment, on_delete=models.PROTECT, related_name="+", db_comment="Amendment it is about."
    )
    text = models.CharField(max_length=2000, db_comment="[personal] What was said; empty once destroyed.")
    name = models.CharField(
        max_length=40, default="", db_comment="[personal] What its author wants to be called, if anything."
    )
    at = models.DateTimeField(db_comment="Moment it came.")
    look = models.CharField(max_length=10, db_comment="waiting, shown or hidden.")
    looked_by = models.CharField(max_length=CODE, default="", db_comment="Account of who looked.")
    looked_at = models.DateTimeField(null=True, db_comment="Moment of that look.")
    hidden_because = models.CharField(max_length=10, default="", db_comment="Why it is not published, by code.")
    hidden_reasons = models.CharField(max_length=500, default="", db_comment="And in words.")
    verdict = models.CharField(max_length=10, default="", db_comment="adopted, partly, declined or noted.")
    reply = models.CharField(max_length=2000, default="", db_comment="Answer of the office.")
    replied_by = models.CharField(max_length=CODE, default="", db_comment="Account of who answered.")

    class Meta:
        """Name the table; a comment is hidden only with a reason of the list and in words."""

        db_table = "amendments_opinion"
        db_table_comment = "[personal] Comments of the public on amendments."
        indexes = [models.Index(fields=["amendment", "id"], name="amendments_opinion_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(look=Look.WAITING, looked_by="", hidden_because="")
                | (Q(look=Look.SHOWN, hidden_because="") & ~Q(looked_by=""))
                | (
                    Q(look=Look.HIDDEN, hidden_because__in=[one.value for one in HiddenBecause])
                    & ~Q(looked_by="")
                    & ~Q(hidden_reasons="")
                ),
                name="amendments_opinion_look",
            ),
            models.CheckConstraint(
                condition=Q(verdict="", reply="")
                | (Q(verdict__in=[one.value for one in Verdict], look=Look.SHOWN) & ~Q(reply="")),
                name="amendments_opinion_reply",
            ),
        ]
