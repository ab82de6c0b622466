"""Who may act for whom, for what, until when; who asks to, by law; and who wants nobody to after death."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from chengxin.representation.contracts import BY_LAW, Ground


class Mandate(models.Model):
    """One mandate (委托), or what stands in its place by law; what it allows never changes, it begins and ends."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    number = models.CharField(max_length=24, unique=True, db_comment="What both sides call it by.")
    subject_id = models.UUIDField(db_comment="[personal] Person who is represented.")
    ground = models.CharField(max_length=12, db_comment="Why the holder may act: mandate, guardian or next_of_kin.")
    scopes = ArrayField(models.CharField(max_length=20), db_comment="What may be done: codes of scopes.yaml.")
    sealed_name = models.BinaryField(
        db_comment="[personal] Name of the representative, as written or registered, under the represented's key."
    )
    holder_tag = models.BinaryField(
        null=True, db_comment="[personal] Blind tag of the representative's number; gone once accepted or ended."
    )
    holder_key = models.CharField(max_length=80, default="", db_comment="Account that accepted; empty before.")
    granted_at = models.DateTimeField(db_comment="Moment it was offered.")
    granted_by = models.CharField(max_length=80, db_comment="Account that offered it.")
    ends_on = models.DateField(db_comment="First legal day on which it no longer holds.")
    accepted_at = models.DateTimeField(null=True, db_comment="Moment it was accepted.")
    ended_at = models.DateTimeField(null=True, db_comment="Moment somebody ended it.")
    rests_since = models.DateTimeField(
        null=True, db_comment="Moment since which it opens nothing, as whom it is about said that it is not so."
    )
    contest_number = models.CharField(
        max_length=24,
        default="",
        db_default="",
        db_comment="Number of the case in which whom it is about said that it is not so; empty: never.",
    )
    ended_by = models.CharField(max_length=80, default="", db_comment="Account that ended it.")

    class Meta:
        """Name the table; a mandate looks at least, ends some day, and is nobody's own."""

        db_table = "representation_mandate"
        db_table_comment = "[personal] Who may act for whom online, for what, until when."
        indexes = [
            models.Index(fields=["subject_id", "-id"], name="representation_subject"),
            models.Index(fields=["holder_key", "-id"], name="representation_holder"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ground__in=[one.value for one in Ground]), name="representation_mandate_ground"
            ),
            models.CheckConstraint(condition=Q(scopes__contains=["look"]), name="representation_mandate_looks"),
            models.CheckConstraint(
                condition=~Q(ground="counter", scopes__contains=["report"])
                & ~Q(ground="next_of_kin", scopes__contains=["repair"]),
                name="representation_mandate_fits",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, holder_key="") | Q(accepted_at__isnull=False) & ~Q(holder_key=""),
                name="representation_mandate_held",
            ),
            models.CheckConstraint(condition=~Q(holder_key=F("granted_by")), name="representation_mandate_of_another"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by="") | Q(ended_at__isnull=False) & ~Q(ended_by=""),
                name="representation_mandate_end",
            ),
        ]


class Application(models.Model):
    """One application to act for a ward or a deceased relative (代办申请); kinship itself is never kept."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7; what is granted bears the same.")
    number = models.CharField(max_length=24, unique=True, db_comment="Number of its case (编号).")
    case_id = models.UUIDField(db_comment="Case of the application.")
    subject_id = models.UUIDField(db_comment="[personal] Person who applies.")
    account_key = models.CharField(max_length=80, db_comment="Account that applies and would act.")
    ground = models.CharField(max_length=12, db_comment="guardian or next_of_kin.")
    body = models.CharField(max_length=40, db_comment="Credit office that checks it.")
    sealed = models.BinaryField(
        db_comment="[personal] Whom it is about and why, as the applicant wrote it, under the applicant's key."
    )
    document_sha256 = models.CharField(max_length=64, db_comment="SHA-256 of the judgment or the death certificate.")
    until = models.DateField(null=True, db_comment="Last day the papers name, if they name one.")
    filed_at = models.DateTimeField(db_comment="Moment it was filed.")
    ward_id = models.UUIDField(null=True, db_comment="[personal] Person it is about, once an officer found them.")
    sealed_name = models.BinaryField(
        null=True, db_comment="[personal] Name of the applicant under the key of whom it is about."
    )
    proposed_at = models.DateTimeField(null=True, db_comment="Moment whom it is about was told.")
    contested_at = models.DateTimeField(null=True, db_comment="Moment they said that it is not so.")
    heard_at = models.DateTimeField(null=True, db_comment="Moment an officer noted that they were heard.")
    closed_at = models.DateTimeField(null=True, db_comment="Moment it was decided or taken back.")

    class Meta:
        """Name the table; nobody is told of an application before an officer found whom it is about."""

        db_table = "representation_application"
        db_table_comment = "[personal] Applications to act for a ward or a deceased relative."
        indexes = [
            models.Index(fields=["subject_id", "-id"], name="representation_applicant"),
            models.Index(fields=["ward_id", "-id"], name="representation_ward"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ground__in=[one.value for one in BY_LAW]), name="representation_application_ground"
            ),
            models.CheckConstraint(
                condition=Q(document_sha256__regex=r"^[0-9a-f]{64}$"), name="representation_application_proven"
            ),
            models.CheckConstraint(
                condition=Q(ward_id__isnull=True, sealed_name__isnull=True, proposed_at__isnull=True)
                | Q(ward_id__isnull=False, sealed_name__isnull=False),
                name="representation_application_found",
            ),
            models.CheckConstraint(condition=~Q(ward_id=F("subject_id")), name="representation_application_of_another"),
        ]


class Arrangement(models.Model):
    """What a person arranged for after death (身后安排): that no next of kin looks after their file (PIPL 49)."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    subject_id = models.UUIDField(db_comment="[personal] Person who arranged it.")
    made_at = models.DateTimeField(db_comment="Moment it was said.")
    withdrawn_at = models.DateTimeField(null=True, db_comment="Moment it was taken back.")

    class Meta:
        """Name the table; one stands at a time."""

        db_table = "representation_arrangement"
        db_table_comment = "[personal] Who wants no next of kin to look after their file after death."
        constraints = [
            models.UniqueConstraint(
                fields=["subject_id"], condition=Q(withdrawn_at__isnull=True), name="representation_arrangement_one"
            )
        ]
