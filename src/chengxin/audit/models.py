"""Tables of the audit package; rows are only ever added."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now


class Writer(models.Model):
    """One database session that writes events; its counter has no gap, because it rolls back with its transaction."""

    id = models.UUIDField(primary_key=True, db_comment="Session of one process.")
    process = models.CharField(max_length=40, db_comment="Name of the process, such as web or worker.")
    counter = models.BigIntegerField(default=0, db_comment="Number of events this writer has committed.")
    started_at = models.DateTimeField(db_comment="First event of this writer.")

    class Meta:
        """Name the table."""

        db_table = "audit_writer"
        db_table_comment = "Sessions that write events, each with a counter without gaps."


class Event(models.Model):
    """One look or act (事件), written in the transaction of what it tells."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7 of the event.")
    writer_id = models.UUIDField(db_comment="Session that wrote the event.")
    counter = models.BigIntegerField(db_comment="Place among the events of its writer, from 1, without gaps.")
    at = models.DateTimeField(db_comment="Moment of the act.")
    kind = models.CharField(max_length=20, db_comment="What happened.")
    subject_id = models.UUIDField(null=True, db_comment="[personal] Subject that was looked at, if one.")
    actor_key = models.CharField(max_length=80, db_comment="Account, client or process; no name.")
    role = models.CharField(max_length=80, db_comment="Roles the actor held.")
    body = models.CharField(max_length=40, db_comment="Body the actor acted for.")
    area = models.CharField(max_length=12, db_comment="Area of that body.")
    channel = models.CharField(
        max_length=20, db_comment="Outlet kind: self, public, body, office, intake, report, counter."
    )
    purpose = models.CharField(max_length=60, db_comment="Declared purpose code.")
    basis = ArrayField(models.CharField(max_length=40), db_comment="Articles that allow the look.")
    categories = ArrayField(models.CharField(max_length=80), db_comment="Catalogue items concerned.")
    fields = ArrayField(models.CharField(max_length=80), db_comment="Names of personal fields opened.")
    outcome = models.CharField(max_length=12, db_comment="delivered or refused.")
    reason = models.CharField(
        max_length=60, db_comment="Refusal code, if refused; at a counter how the person was identified."
    )
    reference = models.CharField(max_length=80, db_comment="Case, batch, consent or report number.")
    count = models.IntegerField(db_comment="How many lines or rows the event covers.")
    salt = models.BinaryField(
        null=True, db_comment="Opens the commitment in the log; destroyed with the content. Null before the log."
    )
    opens = models.BinaryField(
        null=True, db_comment="Digest of the sealed values it opens; the key service opens no other."
    )
    written_at = models.DateTimeField(
        db_default=Now(), db_comment="When the database took the event; it opens values only soon after."
    )

    class Meta:
        """Name the table, its order and the one index a person's own history needs."""

        db_table = "audit_event"
        db_table_comment = "[personal] Looks and acts; append-only."
        constraints = [
            models.UniqueConstraint(fields=["writer_id", "counter"], name="audit_event_writer_counter"),
            models.CheckConstraint(condition=~models.Q(purpose=""), name="audit_event_has_purpose"),
        ]
        indexes = [
            models.Index(
                fields=["subject_id", "-id"], condition=models.Q(subject_id__isnull=False), name="audit_event_subject"
            )
        ]


class Queued(models.Model):
    """One entry that waits for the sequencer: it says no more of an event than the log does."""

    pk = models.CompositePrimaryKey("queued_at", "event_id")
    queued_at = models.DateTimeField(db_comment="When it was put, by the clock of the database.")
    event_id = models.UUIDField(db_comment="UUIDv7 of the event or heartbeat.")
    tree = models.CharField(max_length=10, db_comment="Tree of the log it goes to.")
    writer_id = models.UUIDField(db_comment="Session that wrote it.")
    counter = models.BigIntegerField(db_comment="Place among the events of its writer.")
    at = models.DateTimeField(db_comment="Moment of the act.")
    kind = models.CharField(max_length=20, db_comment="What happened, or heartbeat.")
    digest = models.BinaryField(db_comment="Salted commitment to the content; of a heartbeat the running hash.")
    signature = models.BinaryField(db_comment="Signature of a heartbeat; empty for an event.")

    class Meta:
        """Name the table."""

        db_table = "audit_queue"
        db_table_comment = "Entries committed with their acts and not yet in the log; the sequencer empties it."


class Leaf(models.Model):
    """One leaf of a tree, as it was hashed."""

    pk = models.CompositePrimaryKey("tree", "index")
    tree = models.CharField(max_length=10, db_comment="Tree of the log.")
    index = models.BigIntegerField(db_comment="Place in the tree, from 0.")
    event_id = models.UUIDField(unique=True, db_comment="UUIDv7 of the event or heartbeat.")
    entry = models.BinaryField(db_comment="Header and commitment, the bytes that were hashed.")

    class Meta:
        """Name the table."""

        db_table = "audit_leaf"
        db_table_comment = "Leaves of the log; they name nobody and are never changed."


class Tile(models.Model):
    """256 hashes of one level of a tree (C2SP tlog-tiles), fewer at the right edge."""

    pk = models.CompositePrimaryKey("tree", "level", "index")
    tree = models.CharField(max_length=10, db_comment="Tree of the log.")
    level = models.SmallIntegerField(db_comment="0 for leaves; each level above covers 256 times as many.")
    index = models.BigIntegerField(db_comment="Place among the tiles of its level.")
    hashes = models.BinaryField(db_comment="Up to 256 hashes of 32 bytes.")

    class Meta:
        """Name the table."""

        db_table = "audit_tile"
        db_table_comment = "Hashes of the log's trees, public."


class Checkpoint(models.Model):
    """A signed size and root of a tree; the newest, and one a minute before it."""

    pk = models.CompositePrimaryKey("tree", "size")
    tree = models.CharField(max_length=10, db_comment="Tree of the log.")
    size = models.BigIntegerField(db_comment="Number of leaves.")
    root = models.BinaryField(db_comment="Root of the tree of that size.")
    hash_name = models.CharField(max_length=10, db_comment="The one hash of this tree: sha256 or sm3.")
    note = models.TextField(db_comment="The signed note (C2SP tlog-checkpoint), public.")
    at = models.DateTimeField(db_comment="When it was signed, by the clock of the database.")

    class Meta:
        """Name the table."""

        db_table = "audit_checkpoint"
        db_table_comment = "Signed checkpoints of the log, public."
        indexes = [models.Index(fields=["at"], name="audit_checkpoint_at")]
