"""Tables of accepted facts; rows are only ever added, a correction is a new version."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models
from django.db.models import Q


class RecordVersion(models.Model):
    """One version of one record (信用记录): the row a department filed, where it came from, how long it counts.

    A natural person's content is wholly sealed; an operator's personal fields are sealed and the rest is plain.
    The current version has no `superseded_at`.
    """

    pk = models.CompositePrimaryKey("subject_id", "record_id", "version")
    subject_id = models.UUIDField(db_comment="[personal] Subject the fact is about.")
    record_id = models.UUIDField(db_comment="Identity of the record over all its versions.")
    version = models.SmallIntegerField(db_comment="1 for the first filing, one more for each correction.")
    item = models.ForeignKey(
        "catalogue.CatalogueItemVersion",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        # Policies ask for it once a statement (ADR 0092).
        db_constraint=False,
        db_comment="Catalogue item version that allows the record.",
    )
    item_code = models.CharField(max_length=60, db_comment="Code of that item.")
    subject_kind = models.CharField(max_length=16, db_comment="Kind of subject.")
    body = models.CharField(max_length=40, db_comment="Source body that answers for the fact.")
    row_key = models.BinaryField(db_comment="Digest of source body, item and the fields that identify the row.")
    content_digest = models.BinaryField(db_comment="Keyed digest of the whole content; equal means filed again.")
    nature = models.CharField(max_length=12, db_comment="basic, favourable or adverse.")
    provenance = models.CharField(max_length=12, db_comment="determined, lead or tip; only determined is ever used.")
    severity = models.CharField(max_length=12, db_comment="minor, general or serious, where the item has it.")
    content = models.JSONField(db_comment="Plain fields; empty for a natural person.")
    sealed = models.BinaryField(null=True, db_comment="[personal] Sealed fields under the subject's data key.")
    document_key = models.TextField(db_comment="Folded document number, for search; empty for a natural person.")
    document_grams = ArrayField(
        models.IntegerField(), default=list, db_comment="Codes of its two-character pieces, for search."
    )
    ended_act_on = models.DateField(null=True, db_comment="Day the act ended.")
    determined_on = models.DateField(null=True, db_comment="Day of the determination in the document.")
    notified_on = models.DateField(null=True, db_comment="Day the subject was told; without it nothing adverse shows.")
    valid_until = models.DateField(null=True, db_comment="Last day the licence or decision is in force.")
    not_public_because = models.CharField(max_length=40, db_comment="Code of the gate that bars publicity; or empty.")
    publicity_starts_on = models.DateField(null=True, db_comment="First day it may be public.")
    publicity_ends_on = models.DateField(null=True, db_comment="First day it may no longer be public; null: no end.")
    earliest_repair_on = models.DateField(null=True, db_comment="First day after the minimum publicity.")
    query_ends_on = models.DateField(null=True, db_comment="First day it may no longer be queried; null: no end.")
    use_ends_on = models.DateField(null=True, db_comment="First day it may no longer be used; null: no end.")
    retain_until = models.DateField(null=True, db_comment="First day it must be gone; null: no end.")
    batch_id = models.UUIDField(db_comment="Batch it came with.")
    row_number = models.IntegerField(db_comment="Line in that batch's file.")
    accepted_at = models.DateTimeField(db_comment="Moment of acceptance.")
    superseded_at = models.DateTimeField(null=True, db_comment="Moment a newer version took its place.")
    reason = models.CharField(max_length=200, db_comment="Why this version was written, if not the first.")

    class Meta:
        """Name the table and keep its indexes few."""

        db_table = "records_version"
        db_table_comment = "[personal] Versions of accepted facts."
        indexes = [BrinIndex(fields=["accepted_at"], name="records_version_accepted", autosummarize=True)]
        constraints = [
            models.UniqueConstraint(
                fields=["row_key"], condition=Q(superseded_at__isnull=True), name="records_version_current_row"
            ),
            models.CheckConstraint(
                condition=~Q(subject_kind="natural_person") | Q(content={}, document_key="", document_grams=[]),
                name="records_version_person_sealed",
            ),
            models.CheckConstraint(
                condition=~Q(subject_kind="natural_person") | ~Q(not_public_because=""),
                name="records_version_person_not_public",
            ),
            models.CheckConstraint(
                condition=Q(provenance="determined") | ~Q(not_public_because=""), name="records_version_lead_not_public"
            ),
            models.CheckConstraint(
                condition=~Q(nature="adverse") | Q(determined_on__isnull=False) | ~Q(provenance="determined"),
                name="records_version_adverse_dated",
            ),
        ]


class Publication(models.Model):
    """One publication (公示) of a record version: a step of its own, and the index of what the public can find.

    The index only nominates; what is shown is read again through `usable`.
    """

    pk = models.CompositePrimaryKey("subject_id", "record_id", "version")
    subject_id = models.UUIDField(db_comment="Subject; never a natural person.")
    record_id = models.UUIDField(db_comment="Record.")
    version = models.SmallIntegerField(db_comment="Version that was published.")
    item_code = models.CharField(max_length=60, db_comment="Catalogue item.")
    body = models.CharField(max_length=40, db_comment="Source body.")
    document_key = models.TextField(db_comment="Folded document number.")
    document_grams = ArrayField(models.IntegerField(), db_comment="Codes of its two-character pieces, for search.")
    determined_on = models.DateField(null=True, db_comment="Day of the document, for the order of lists.")
    published_at = models.DateTimeField(db_comment="Moment of publication.")
    ends_on = models.DateField(null=True, db_comment="First day it is no longer public; null: no end.")
    earliest_repair_on = models.DateField(null=True, db_comment="First day after the minimum publicity.")
    ended_at = models.DateTimeField(null=True, db_comment="Moment publicity was ended.")
    ended_because = models.CharField(max_length=40, db_comment="expired, withdrawn, repaired, objection or corrected.")

    class Meta:
        """Name the table and its two search paths."""

        db_table = "records_publication"
        db_table_comment = "What is or was public."
        indexes = [
            GinIndex(
                fields=["document_grams"],
                condition=Q(ended_at__isnull=True),
                name="records_publication_grams",
                fastupdate=True,
            ),
            models.Index(
                fields=["item_code", "-determined_on", "-record_id"],
                condition=Q(ended_at__isnull=True),
                name="records_publication_list",
            ),
        ]


class Mark(models.Model):
    """A mark on a record (标注): objection, freeze, withdrawal, repair; it counts from the moment it is written."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    subject_id = models.UUIDField(db_comment="[personal] Subject of the record.")
    record_id = models.UUIDField(db_comment="Record.")
    kind = models.CharField(max_length=16, db_comment="objection, frozen, withdrawn or repaired.")
    set_at = models.DateTimeField(db_comment="From this moment.")
    lifted_at = models.DateTimeField(null=True, db_comment="Until this moment; null: still set.")
    reason = models.TextField(db_comment="Why, in words for the subject.")
    reference = models.CharField(max_length=80, db_comment="Case or document number.")
    actor_key = models.CharField(max_length=80, db_comment="Who set it.")
    body = models.CharField(max_length=40, db_comment="Body that set it.")

    class Meta:
        """Name the table and the path by which `usable` reads it."""

        db_table = "records_mark"
        db_table_comment = "[personal] Marks on records."
        indexes = [models.Index(fields=["subject_id", "record_id"], name="records_mark_record")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["objection", "frozen", "withdrawn", "repaired"]), name="records_mark_kind"
            ),
        ]


class Statement(models.Model):
    """The subject's own statement (本人说明), shown with the record wherever it is shown."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    subject_id = models.UUIDField(db_comment="[personal] Subject who speaks.")
    record_id = models.UUIDField(db_comment="Record it explains.")
    sealed = models.BinaryField(null=True, db_comment="[personal] A person's text under the subject's data key.")
    text = models.TextField(default="", db_comment="An operator's text, shown with the record; empty for a person.")
    written_at = models.DateTimeField(db_comment="Moment of writing.")
    withdrawn_at = models.DateTimeField(null=True, db_comment="Moment the subject took it back.")
    ended_at = models.DateTimeField(null=True, db_comment="Moment its words were destroyed with its record.")

    class Meta:
        """Name the table; in one form until its words end."""

        db_table = "records_statement"
        db_table_comment = "[personal] Own statements."
        indexes = [models.Index(fields=["subject_id", "record_id"], name="records_statement_record")]
        constraints = [
            models.CheckConstraint(
                condition=(Q(ended_at__isnull=True) & (Q(sealed__isnull=True) ^ Q(text="")))
                | Q(ended_at__isnull=False, sealed__isnull=True, text=""),
                name="records_statement_one_form",
            ),
        ]


class Recipient(models.Model):
    """One line of the recipients ledger (接收方台账): who received which version, so that a correction can follow.

    It holds the first time; each further look is an event of its own.
    """

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    subject_id = models.UUIDField(db_comment="[personal] Subject of the record.")
    record_id = models.UUIDField(db_comment="Record.")
    version = models.SmallIntegerField(db_comment="Version that was received.")
    source_body = models.CharField(max_length=40, default="", db_comment="Source body that answers for the record.")
    recipient = models.CharField(max_length=80, db_comment="Who received it: client:<id> or body:<code>.")
    body = models.CharField(max_length=40, default="", db_comment="Body the recipient is or belongs to.")
    outlet = models.CharField(max_length=40, db_comment="Outlet it left by.")
    purpose = models.CharField(max_length=60, default="", db_comment="Declared purpose it was received for.")
    reference = models.CharField(max_length=80, default="", db_comment="Report it came in, as the recipient knows it.")
    received_at = models.DateTimeField(db_comment="Moment it first left to the recipient this way.")
    event_id = models.UUIDField(db_comment="Event that tells of it.")

    class Meta:
        """Name the table, the path of a correction, of the source body's counts, and of what left lately."""

        db_table = "records_recipient"
        db_table_comment = "[personal] Recipients ledger."
        indexes = [
            models.Index(fields=["source_body"], name="records_recipient_source"),
            BrinIndex(fields=["received_at"], name="records_recipient_received", autosummarize=True),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_id", "record_id", "version", "recipient", "outlet", "purpose", "reference"],
                name="records_recipient_once",
            ),
            models.CheckConstraint(
                condition=Q(recipient__startswith="client:") | Q(recipient__startswith="body:"),
                name="records_recipient_known",
            ),
        ]
