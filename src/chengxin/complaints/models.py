"""Tips and their messages: digests of sealed files, and nothing that says who reported."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengxin.files.contracts import SHOWN_FORM

DIGEST = "^[0-9a-f]{32}$"


class Tip(models.Model):
    """One tip; its texts, papers and the reporter's identity are sealed files, the code is a keyed hash."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    number = models.CharField(max_length=40, unique=True, db_comment="Number of its case (编号).")
    kind = models.CharField(max_length=40, db_comment="Kind of tip, such as privacy.")
    case_id = models.UUIDField(unique=True, db_comment="Case in which it is handled.")
    reported_body = models.CharField(
        max_length=40, default="", db_comment="[personal] Body it is about, which never sees it; empty if none."
    )
    tag = models.BinaryField(max_length=16, unique=True, db_comment="Keyed hash of the code its reporter holds.")
    identity = models.CharField(
        max_length=32, default="", db_comment="[personal] Digest of the sealed identity; empty if anonymous."
    )
    caller_tag = models.BinaryField(
        max_length=16, null=True, db_comment="[personal] Keyed hash of a named reporter's contact; null if anonymous."
    )
    received_at = models.DateTimeField(db_comment="Moment it came.")
    destroyed_at = models.DateTimeField(null=True, db_comment="Moment all its sealed files were destroyed.")

    class Meta:
        """Name the table."""

        db_table = "complaints_tip"
        db_table_comment = "[personal] Tips; unreadable to the body they are about."
        indexes = [
            models.Index(fields=["received_at", "kind"], name="complaints_tip_received"),
            models.Index(
                fields=["caller_tag", "received_at"],
                condition=Q(caller_tag__isnull=False),
                name="complaints_tip_caller",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(identity="") | Q(identity__regex=DIGEST), name="complaints_tip_identity_sealed"
            )
        ]


class Entry(models.Model):
    """One message or paper of a tip, either way."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    tip = models.ForeignKey(Tip, on_delete=models.PROTECT, related_name="+", db_comment="Tip it belongs to.")
    place = models.SmallIntegerField(db_comment="From 1, in the order they came.")
    from_office = models.BooleanField(db_comment="Whether the office wrote it.")
    actor_key = models.CharField(max_length=80, default="", db_comment="Account that wrote it; empty for reporters.")
    at = models.DateTimeField(db_comment="Moment it was written.")
    digest = models.CharField(max_length=32, db_comment="[personal] Digest of the sealed text or paper.")
    is_paper = models.BooleanField(db_comment="Whether it is a paper and no text.")
    shown = models.CharField(
        max_length=400,
        default="",
        db_default="",
        db_comment="What of a paper its giver lets be seen: all, cells of a grid, or nothing.",
    )

    class Meta:
        """Name the table; nobody of the office writes without a name, and a reporter has none."""

        db_table = "complaints_entry"
        db_table_comment = "[personal] Messages of tips, as digests of sealed files."
        constraints = [
            models.UniqueConstraint(fields=["tip", "place"], name="complaints_entry_place"),
            models.CheckConstraint(condition=Q(digest__regex=DIGEST), name="complaints_entry_sealed"),
            models.CheckConstraint(
                condition=Q(from_office=False, actor_key="") | Q(from_office=True, actor_key__startswith="account:"),
                name="complaints_entry_by",
            ),
            models.CheckConstraint(
                condition=Q(shown="") | Q(is_paper=True, from_office=False, shown__regex=SHOWN_FORM),
                name="complaints_entry_shown_by_its_giver",
            ),
        ]
