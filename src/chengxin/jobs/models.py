"""Tables of the outbox and of the worker's tasks."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Message(models.Model):
    """One message to one recipient (发件), written in the transaction of the act it tells of."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7; the idempotency key of every delivery.")
    topic = models.CharField(max_length=40, db_comment="What it tells, such as record.withdrawn.")
    recipient = models.CharField(max_length=80, db_comment="client:<id> or body:<code>.")
    key = models.CharField(max_length=120, db_comment="What it is about; put once per recipient.")
    kind = models.CharField(max_length=12, db_comment="How it is delivered, such as inbox.")
    subject_id = models.UUIDField(null=True, db_comment="[personal] Subject it is about, if one; it may read it.")
    reference = models.CharField(max_length=80, db_comment="Record, case or document it is about.")
    payload = models.TextField(db_comment="JSON of ids, codes and moments; nothing of a person.")
    digest = models.BinaryField(max_length=32, db_comment="SHA-256 of the payload's bytes.")
    sender_key = models.CharField(max_length=80, db_comment="Who acted.")
    sender_body = models.CharField(max_length=40, db_comment="Body that acted; empty: the platform.")
    created_at = models.DateTimeField(db_comment="Moment of the act.")
    attempts = models.SmallIntegerField(default=0, db_comment="How often delivery was begun.")
    next_attempt_at = models.DateTimeField(null=True, db_comment="When it is due; null: delivered or dead.")
    delivered_at = models.DateTimeField(null=True, db_comment="Moment it arrived.")
    last_error = models.CharField(max_length=60, default="", db_comment="Code of the last failure.")
    dead_at = models.DateTimeField(null=True, db_comment="Moment it was given up; a person looks.")
    receipt_kind = models.CharField(max_length=20, default="", db_comment="What the recipient says it did.")
    receipt_digest = models.BinaryField(max_length=32, null=True, db_comment="SHA-256 of the receipt.")
    receipt_at = models.DateTimeField(null=True, db_comment="Moment of the receipt.")
    receipt_statement = models.TextField(
        default="", db_default="", db_comment="What the recipient signed about it, as a compact JWS; empty: nothing."
    )

    class Meta:
        """Name the table, its queue, its feed and the path by which a subject reads it."""

        db_table = "jobs_message"
        db_table_comment = "[personal] Outbox: messages to recipients with their delivery and receipts."
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=Q(next_attempt_at__isnull=False), name="jobs_due"),
            models.Index(fields=["recipient", "id"], name="jobs_message_feed"),
            models.Index(
                fields=["subject_id", "reference"], condition=Q(subject_id__isnull=False), name="jobs_message_subject"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["key", "recipient"], name="jobs_message_once"),
            models.CheckConstraint(
                condition=Q(next_attempt_at__isnull=True) ^ Q(delivered_at__isnull=True, dead_at__isnull=True),
                name="jobs_message_due_until_done",
            ),
            models.CheckConstraint(
                condition=Q(receipt_at__isnull=True, receipt_kind="", receipt_digest__isnull=True)
                | (Q(receipt_at__isnull=False, receipt_digest__isnull=False) & ~Q(receipt_kind="")),
                name="jobs_message_receipt_whole",
            ),
        ]


class Webhook(models.Model):
    """The address at which a recipient wants to be called (回调地址)."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    recipient = models.CharField(max_length=80, unique=True, db_comment="client:<id>, as messages name it.")
    url = models.CharField(max_length=500, db_comment="Where a message is posted; https.")
    set_at = models.DateTimeField(db_comment="Moment the address was set.")
    ended_at = models.DateTimeField(null=True, db_comment="Moment it was ended; null: in use.")

    class Meta:
        """Name the table; take nothing that is not encrypted on its way."""

        db_table = "jobs_webhook"
        db_table_comment = "Addresses at which recipients are called."
        constraints = [
            models.CheckConstraint(condition=Q(url__startswith="https://"), name="jobs_webhook_https"),
            models.CheckConstraint(condition=Q(recipient__startswith="client:"), name="jobs_webhook_of_a_program"),
        ]


class Run(models.Model):
    """The last run of one task, or the last sign of the worker itself (`worker`)."""

    name = models.CharField(max_length=40, primary_key=True, db_comment="Task, or worker.")
    started_at = models.DateTimeField(null=True, db_comment="Moment the last good run looks at.")
    finished_at = models.DateTimeField(null=True, db_comment="Moment it was done.")
    did = models.JSONField(default=dict, db_comment="What it did, as counts by name.")
    failed_at = models.DateTimeField(null=True, db_comment="Moment of a failure since; null: none.")
    failed_because = models.CharField(max_length=60, default="", db_comment="Kind of that failure.")

    class Meta:
        """Name the table."""

        db_table = "jobs_run"
        db_table_comment = "When the worker's tasks last ran."
