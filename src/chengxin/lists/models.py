"""Entries of lists, the changes of those that are public, and who follows them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengxin.lists.contracts import Because


class Entry(models.Model):
    """One entry (列入): an index of who is on which list by which record; what it says is read from the record."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    kind = models.CharField(max_length=40, db_comment="Code of the kind of list.")
    subject_id = models.UUIDField(db_comment="[personal] Subject on the list.")
    subject_kind = models.CharField(max_length=16, db_comment="Kind of subject.")
    record_id = models.UUIDField(db_comment="Record the entry is.")
    basis_record_id = models.UUIDField(null=True, db_comment="Record a listing of this platform rests on.")
    item_code = models.CharField(max_length=60, db_comment="Catalogue item of the record.")
    body = models.CharField(max_length=40, db_comment="Body that answers for the entry.")
    listed_on = models.DateField(db_comment="Day of the decision to list.")
    ends_on = models.DateField(null=True, db_comment="First day it stands no more by its own dates; null: no end.")
    listed_at = models.DateTimeField(db_comment="Moment it was found to stand.")
    listed_event = models.UUIDField(db_comment="Event in the tree of lists.")
    public_at = models.DateTimeField(null=True, db_comment="Moment it first was public; never for a natural person.")
    ended_at = models.DateTimeField(null=True, db_comment="Moment it was found to stand no more.")
    ended_because = models.CharField(max_length=20, default="", db_comment="Why it ended.")
    ended_event = models.UUIDField(null=True, db_comment="Event of its end in the tree of lists.")

    class Meta:
        """Let no end stand without reason and event, and no natural person be public."""

        db_table = "lists_entry"
        db_table_comment = "[personal] Entries of lists."
        indexes = [
            models.Index(
                fields=["kind", "-listed_on", "-id"],
                condition=Q(ended_at__isnull=True, public_at__isnull=False),
                name="lists_entry_public",
            ),
            models.Index(fields=["subject_id", "-id"], name="lists_entry_subject"),
            models.Index(fields=["body", "-id"], name="lists_entry_body"),
            models.Index(fields=["ends_on"], condition=Q(ended_at__isnull=True), name="lists_entry_ends"),
            models.Index(
                fields=["basis_record_id"],
                condition=Q(ended_at__isnull=True, basis_record_id__isnull=False),
                name="lists_entry_basis",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["record_id"], condition=Q(ended_at__isnull=True), name="lists_entry_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_because="", ended_event__isnull=True)
                | Q(
                    ended_at__isnull=False, ended_event__isnull=False, ended_because__in=[one.value for one in Because]
                ),
                name="lists_entry_ended_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(subject_kind="natural_person") | Q(public_at__isnull=True),
                name="lists_entry_person_not_public",
            ),
        ]


class Listing(models.Model):
    """A decision to list (列入决定) that was entered: the record it became and the record it rests on."""

    id = models.UUIDField(primary_key=True, db_comment="The determination it is.")
    kind = models.CharField(max_length=40, db_comment="Code of the kind of list.")
    subject_id = models.UUIDField(db_comment="[personal] Subject that was listed.")
    record_id = models.UUIDField(unique=True, db_comment="Record the decision became: the entry.")
    basis_record_id = models.UUIDField(db_comment="Record the decision rests on; when it falls the entry falls.")
    body = models.CharField(max_length=40, db_comment="Body that decided.")
    entered_at = models.DateTimeField(db_comment="Moment it was entered.")

    class Meta:
        """Name the table."""

        db_table = "lists_listing"
        db_table_comment = "[personal] Decisions to list that were entered."


class Change(models.Model):
    """One change of a public list, in a dense order of its own: what came or left; no name, only operators."""

    pk = models.CompositePrimaryKey("kind", "place")
    kind = models.CharField(max_length=40, db_comment="Code of the kind of list.")
    place = models.BigIntegerField(db_comment="Place in the order of the list's changes, from 1, without a gap.")
    entry_id = models.UUIDField(db_comment="Entry that came or left.")
    is_listed = models.BooleanField(db_comment="Whether it came; otherwise it left.")
    because = models.CharField(max_length=20, default="", db_comment="Why it left.")
    at = models.DateTimeField(db_comment="Moment of the change.")

    class Meta:
        """Say why whatever left did."""

        db_table = "lists_change"
        db_table_comment = "Changes of public lists."
        constraints = [
            models.CheckConstraint(
                condition=Q(is_listed=True, because="") | (Q(is_listed=False) & ~Q(because="")),
                name="lists_change_left_with_reason",
            ),
        ]


class Subscriber(models.Model):
    """A registered program that follows a list (订阅) and is told of each change."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    kind = models.CharField(max_length=40, db_comment="Code of the kind of list.")
    recipient = models.CharField(max_length=80, db_comment="Who follows: client:<id>.")
    body = models.CharField(max_length=40, db_comment="Body the program belongs to.")
    since = models.DateTimeField(db_comment="From this moment.")
    ended_at = models.DateTimeField(null=True, db_comment="Until this moment; null: still.")

    class Meta:
        """Let a program follow a list once at a time."""

        db_table = "lists_subscriber"
        db_table_comment = "Programs that follow lists."
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "recipient"], condition=Q(ended_at__isnull=True), name="lists_subscriber_once"
            ),
            models.CheckConstraint(condition=Q(recipient__startswith="client:"), name="lists_subscriber_known"),
        ]
