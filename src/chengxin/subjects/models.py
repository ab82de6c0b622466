"""Tables of credit subjects: no natural person's name or number stands in any of them in the clear.

Operator, SubjectKey, Identifier and Name are written only in the one statement that writes their subject, which
nobody may delete; a foreign key on them would cost a third of the time of an acceptance and so is not declared.
"""

from __future__ import annotations

from enum import StrEnum

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from chengxin.kernel.identifiers import IdentifierKind
from chengxin.kernel.subject_kind import OPERATORS, SubjectKind
from chengxin.subjects.contracts import RepresentationGround, ReviewReason, ReviewState, SubjectStatus


def _values(choices: type[StrEnum]) -> list[str]:
    # Plain strings, so that migrations import no code of ours.
    return [choice.value for choice in choices]


PUBLIC_NUMBERS = [IdentifierKind.USCC.value, IdentifierKind.ORG_CODE.value, IdentifierKind.REG_NO.value]


class Subject(models.Model):
    """A credit subject (信用主体): an id, its kind and what has become of it."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7; the only name of a natural person in the clear.")
    kind = models.CharField(max_length=16, db_comment="natural_person, legal_person, uninc_org or sole_trader.")
    status = models.CharField(
        max_length=12, db_comment="active, deceased, ceased, guardianship or erased (key destroyed)."
    )
    merged_into = models.ForeignKey(
        "self",
        db_column="merged_into",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The subject this one was found to be, by a review; taken back by undoing it.",
    )
    created_at = models.DateTimeField(db_comment="Moment of the first accepted filing.")

    class Meta:
        """Refuse unknown kinds and states, and a subject merged into itself."""

        db_table = "subjects_subject"
        db_table_comment = "[personal] Credit subjects: ids, kinds and states, without a name or number."
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=_values(SubjectKind)), name="subjects_subject_kind"),
            models.CheckConstraint(condition=Q(status__in=_values(SubjectStatus)), name="subjects_subject_status"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="subjects_subject_not_itself"
            ),
        ]
        indexes = [
            models.Index(fields=["merged_into"], name="subjects_subject_merged", condition=Q(merged_into__isnull=False))
        ]


class Operator(models.Model):
    """The public facts of an operator (经营主体), and what it is searched by."""

    subject = models.OneToOneField(
        Subject,
        primary_key=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_comment="Subject of the operator.",
    )
    kind = models.CharField(max_length=16, db_comment="legal_person, uninc_org or sole_trader.")
    uscc = models.CharField(max_length=18, null=True, db_comment="Unified social credit code, if it has one.")
    name = models.CharField(max_length=512, db_comment="Present name as filed.")
    folded = models.CharField(max_length=512, db_comment="Present name folded for comparison and search.")
    grams = ArrayField(models.IntegerField(), db_comment="Two-character pieces of present and former names, as codes.")
    area = models.CharField(max_length=6, db_comment="Area code of the registration, from the code; may be empty.")

    class Meta:
        """Index what people search by."""

        db_table = "subjects_operator"
        db_table_comment = "Public facts of operators."
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=sorted(kind.value for kind in OPERATORS)), name="subjects_operator_kind"
            ),
            models.UniqueConstraint(fields=["uscc"], name="subjects_operator_uscc"),
        ]
        indexes = [
            models.Index(fields=["folded"], name="subjects_operator_folded"),
            GinIndex(fields=["grams"], name="subjects_operator_grams"),
        ]


class OperatorFormerName(models.Model):
    """A former name of an operator (曾用名), a public fact."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7 of the row.")
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, related_name="+", db_comment="Subject of the operator."
    )
    name = models.CharField(max_length=512, db_comment="Former name as filed.")
    ended_on = models.DateField(db_comment="First legal day it is a former name.")

    class Meta:
        """Name the table."""

        db_table = "subjects_operator_former_name"
        db_table_comment = "Former names of operators."


class SubjectKey(models.Model):
    """The wrapped data key of a subject (数据密钥); destroyed, everything sealed with it is erased."""

    subject = models.OneToOneField(
        Subject,
        primary_key=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
        db_comment="Whose key it is.",
    )
    wrapped = models.BinaryField(db_comment="Data key encrypted for this subject only; names its suite and key above.")
    created_at = models.DateTimeField(db_comment="Moment it was made.")

    class Meta:
        """Name the table; its backup lives at most 30 days, else erasure is fiction."""

        db_table = "subjects_subject_key"
        db_table_comment = "[personal] Wrapped data keys, one per subject; a row destroyed is a subject erased."


class Identifier(models.Model):
    """One number a subject is known by."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    id = models.UUIDField(db_comment="UUIDv7 of the row; the sealed number is bound to it.")
    subject = models.ForeignKey(
        Subject,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
        db_comment="Whose number it is.",
    )
    kind = models.CharField(max_length=16, db_comment="Kind of number, as kernel.identifiers names it.")
    blind = models.BinaryField(db_comment="Blind index of the number: 16 bytes of a keyed hash.")
    sealed = models.BinaryField(null=True, db_comment="Number of a natural person, sealed with its data key.")
    number = models.CharField(max_length=40, null=True, db_comment="Number of an operator, a public fact.")
    valid_from = models.DateField(db_comment="First legal day the number is known for.")
    valid_until = models.DateField(null=True, db_comment="First legal day it no longer holds; null while live.")

    class Meta:
        """Let a live number belong to one subject, and a person's number be nowhere in the clear."""

        db_table = "subjects_identifier"
        db_table_comment = "[personal] Numbers of subjects: a person's sealed, an operator's in the clear."
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=_values(IdentifierKind)), name="subjects_identifier_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=PUBLIC_NUMBERS, number__isnull=False, sealed__isnull=True)
                | (~Q(kind__in=PUBLIC_NUMBERS) & Q(number__isnull=True, sealed__isnull=False)),
                name="subjects_identifier_sealed",
            ),
            models.UniqueConstraint(
                fields=["blind", "kind"], condition=Q(valid_until__isnull=True), name="subjects_identifier_live"
            ),
        ]


class Name(models.Model):
    """One name of a subject, present or former."""

    pk = models.CompositePrimaryKey("subject_id", "id")
    id = models.UUIDField(db_comment="UUIDv7 of the row; the sealed name is bound to it.")
    subject = models.ForeignKey(
        Subject,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_constraint=False,
        db_comment="Whose name it is.",
    )
    tag = models.BinaryField(
        db_comment="Keyed hash of subject and folded name: tells whether a name is this subject's, finds nobody."
    )
    sealed = models.BinaryField(null=True, db_comment="Name of a natural person, sealed with its data key.")
    name = models.CharField(max_length=512, null=True, db_comment="Name of an operator, a public fact.")
    valid_from = models.DateField(db_comment="First legal day the name is known for.")
    valid_until = models.DateField(null=True, db_comment="First legal day it is a former name; null while current.")

    class Meta:
        """Keep a name either sealed or in the clear, never both."""

        db_table = "subjects_name"
        db_table_comment = "[personal] Names of subjects, current and former: a person's sealed."
        constraints = [
            models.CheckConstraint(
                condition=Q(sealed__isnull=True, name__isnull=False) | Q(sealed__isnull=False, name__isnull=True),
                name="subjects_name_sealed",
            ),
        ]


class Review(models.Model):
    """An identity review (身份核查): two identities side by side until a named person decides."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7 of the review.")
    reason = models.CharField(max_length=24, db_comment="same_number_two_names or two_numbers_one_person.")
    state = models.CharField(max_length=14, db_comment="open, merged, kept_apart, name_accepted or undone.")
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, related_name="+", db_index=False, db_comment="Subject the number points to."
    )
    other_subject = models.ForeignKey(
        Subject,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        db_comment="The other subject, when two numbers may be one person.",
    )
    tag = models.BinaryField(db_comment="Tag of the claimed name, or the other subject's id.")
    claimed_sealed = models.BinaryField(null=True, db_comment="Claimed name of a natural person, sealed.")
    claimed_name = models.CharField(max_length=512, null=True, db_comment="Claimed name of an operator.")
    source = models.CharField(max_length=80, db_comment="Where the claim came from: a batch, a case.")
    case_id = models.UUIDField(null=True, db_comment="Case in which it is worked, if one was opened.")
    opened_at = models.DateTimeField(db_comment="Moment it was opened.")
    opened_by = models.CharField(max_length=80, db_comment="Account that opened it.")
    decided_at = models.DateTimeField(null=True, db_comment="Moment it was decided.")
    decided_by = models.CharField(max_length=80, default="", db_comment="Named human who decided.")
    decision_reasons = models.TextField(default="", db_comment="Reasons of the decision; no number of a person.")

    class Meta:
        """Let one question be open once, and no decision stand without a human and reasons."""

        db_table = "subjects_review"
        db_table_comment = "[personal] Identity reviews."
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=_values(ReviewReason)), name="subjects_review_reason"),
            models.CheckConstraint(condition=Q(state__in=_values(ReviewState)), name="subjects_review_state"),
            models.CheckConstraint(
                condition=Q(state=ReviewState.OPEN.value)
                | (Q(decided_at__isnull=False) & ~Q(decided_by="") & ~Q(decision_reasons="")),
                name="subjects_review_decided_by_someone",
            ),
            models.UniqueConstraint(
                fields=["subject", "tag"], condition=Q(state=ReviewState.OPEN.value), name="subjects_review_open_once"
            ),
        ]


class StatusChange(models.Model):
    """What became of a subject, on which document; the last one counts."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7 of the change.")
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+", db_comment="Whose status changed.")
    status = models.CharField(max_length=12, db_comment="New status.")
    on = models.DateField(db_column="effective_on", db_comment="Legal day it takes effect.")
    document_digest = models.CharField(max_length=64, db_comment="SHA-256 of the document that proves it.")
    reasons = models.TextField(db_comment="Reasons as written by the officer; no number of a person.")
    changed_at = models.DateTimeField(db_comment="Moment it was entered.")
    changed_by = models.CharField(max_length=80, db_comment="Account that entered it.")

    class Meta:
        """Ask for a document and reasons."""

        db_table = "subjects_status_change"
        db_table_comment = "[personal] Changes of a subject's status with their documents."
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=_values(SubjectStatus)), name="subjects_status_change_status"
            ),
            models.CheckConstraint(
                condition=Q(document_digest__regex=r"^[0-9a-f]{64}$") & ~Q(reasons=""),
                name="subjects_status_change_proven",
            ),
        ]


class Representation(models.Model):
    """Who may act for a deceased person or one under guardianship; kinship itself is never kept."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7 of the representation.")
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, related_name="+", db_comment="Person who is represented."
    )
    representative = models.ForeignKey(
        Subject, on_delete=models.PROTECT, related_name="+", db_comment="Adult who acts for them."
    )
    ground = models.CharField(max_length=12, db_comment="next_of_kin of a deceased person, or guardian.")
    document_digest = models.CharField(max_length=64, db_comment="SHA-256 of the document that proves it.")
    starts_on = models.DateField(db_comment="First legal day.")
    ends_on = models.DateField(null=True, db_comment="First legal day it no longer holds.")
    entered_at = models.DateTimeField(db_comment="Moment it was entered.")
    entered_by = models.CharField(max_length=80, db_comment="Account that entered it.")

    class Meta:
        """Ask for a document and refuse acting for oneself."""

        db_table = "subjects_representation"
        db_table_comment = "[personal] Who may act for whom, on which ground and document."
        constraints = [
            models.CheckConstraint(
                condition=Q(ground__in=_values(RepresentationGround)), name="subjects_representation_ground"
            ),
            models.CheckConstraint(
                condition=Q(document_digest__regex=r"^[0-9a-f]{64}$"), name="subjects_representation_proven"
            ),
            models.CheckConstraint(
                condition=~Q(subject=F("representative")), name="subjects_representation_of_another"
            ),
        ]
