"""Tables of the casework engine: a case, and the steps that made it what it is."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q


class Case(models.Model):
    """One matter under a declared procedure (案件)."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    number = models.CharField(max_length=40, unique=True, db_comment="Number for people (编号).")
    procedure = models.CharField(max_length=60, db_comment="Code of the procedure.")
    procedure_version = models.SmallIntegerField(db_comment="Version of the declaration the case follows.")
    state = models.CharField(max_length=40, db_comment="State it is in; what its last step led to.")
    is_closed = models.BooleanField(default=False, db_comment="Whether that state is final.")
    ref_kind = models.CharField(max_length=40, db_comment="Kind of thing the case is about, such as batch or record.")
    ref_id = models.CharField(max_length=80, db_comment="Its identifier in the package that owns it.")
    subject_id = models.UUIDField(null=True, db_comment="[personal] Credit subject concerned, if one.")
    body = models.CharField(max_length=40, db_comment="Body that handles it now.")
    parties = ArrayField(
        models.CharField(max_length=40), db_comment="Bodies that may see it: the opener's and every handler's."
    )
    facts = models.JSONField(db_comment="Facts it was opened with: codes, counts, days; nothing of a person.")
    opened_by = models.CharField(max_length=80, db_comment="Account or process that opened it.")
    opened_at = models.DateTimeField(db_comment="Moment of opening.")
    proposed_by = models.CharField(max_length=80, db_comment="Who made the proposal that is to be decided.")
    due_on = models.DateField(null=True, db_comment="Last day of the nearest running clock; null: none runs.")
    due_key = models.CharField(max_length=80, db_comment="Law key of that clock.")
    due_provisional = models.BooleanField(default=False, db_comment="Whether that day is not yet certain (暂定).")
    assigned_to = models.CharField(max_length=80, db_comment="Account that has it in hand; empty: nobody.")
    assigned_at = models.DateTimeField(null=True, db_comment="Moment it was taken in hand.")
    released_at = models.DateTimeField(null=True, db_comment="Moment it was last given back to the inbox.")
    closed_at = models.DateTimeField(null=True, db_comment="Moment it ended.")
    closed_due_on = models.DateField(null=True, db_comment="Last day that ran when it ended; null: none ran.")
    escalated_at = models.DateTimeField(null=True, db_comment="Moment it went to the supervising body as overdue.")
    attempted_verb = models.CharField(
        max_length=40, default="", db_comment="Verb that was begun and has not ended; empty: none."
    )
    attempted_at = models.DateTimeField(null=True, db_comment="Moment it was begun; its end clears both.")
    step_count = models.IntegerField(default=0, db_comment="Steps so far; a verb is taken against this count.")

    class Meta:
        """Name the table; the inbox reads open cases by deadline."""

        db_table = "casework_case"
        db_table_comment = "[personal] Cases."
        indexes = [
            models.Index(
                F("body"),
                F("due_on").asc(nulls_last=True),
                F("id"),
                condition=Q(is_closed=False),
                name="casework_case_inbox",
            ),
            models.Index(fields=["ref_kind", "ref_id"], name="casework_case_ref"),
            models.Index(
                fields=["subject_id", "-id"], condition=Q(subject_id__isnull=False), name="casework_case_subject"
            ),
            GinIndex(fields=["parties"], name="casework_case_parties"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_closed=True, closed_at__isnull=False) | Q(is_closed=False, closed_at__isnull=True),
                name="casework_case_closed",
            ),
            models.CheckConstraint(condition=~Q(body=""), name="casework_case_body"),
        ]


class Step(models.Model):
    """One act in a case (办理步骤); rows are only ever added."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_comment="Case.")
    place = models.IntegerField(db_comment="Place in the case, from 1, without gaps.")
    verb = models.CharField(max_length=40, db_comment="What was done.")
    actor_key = models.CharField(max_length=80, db_comment="Who did it.")
    actor_body = models.CharField(max_length=40, db_comment="For which body.")
    at = models.DateTimeField(db_comment="When.")
    from_state = models.CharField(max_length=40, db_comment="State before; empty for the opening.")
    to_state = models.CharField(max_length=40, db_comment="State after.")
    reasons = models.TextField(db_comment="[personal] Own reasons, in words for the subject.")
    evidence = ArrayField(models.CharField(max_length=64), db_comment="SHA-256 of the papers handed in with it.")
    note = models.TextField(db_comment="[personal] Word to colleagues; never shown to the subject.")
    is_adverse = models.BooleanField(db_comment="Whether it goes against the subject.")
    is_by_person = models.BooleanField(db_comment="Whether a named member of staff or citizen did it.")
    is_by_representative = models.BooleanField(
        db_default=False, db_comment="Whether somebody who acts for the party did it (代办)."
    )
    hall = models.CharField(
        max_length=40,
        default="",
        db_default="",
        db_comment="Body at whose counter it was filled in (窗口代填); empty: at none.",
    )
    proposed_by = models.CharField(max_length=80, db_comment="Who had proposed what it decides; empty: nobody.")

    class Meta:
        """Name the table; an adverse act has a named human other than the proposer, and reasons (red line 11)."""

        db_table = "casework_step"
        db_table_comment = "[personal] Steps of cases; append-only."
        indexes = [models.Index(fields=["actor_key", "-id"], condition=~Q(reasons=""), name="casework_step_reasons")]
        constraints = [
            models.UniqueConstraint(fields=["case", "place"], name="casework_step_place"),
            models.CheckConstraint(
                condition=Q(hall="") | Q(is_by_representative=True, actor_body=""), name="casework_step_hall"
            ),
            models.CheckConstraint(
                condition=Q(is_adverse=False)
                | (
                    Q(is_by_person=True, actor_key__startswith="account:")
                    & ~Q(proposed_by="")
                    & ~Q(proposed_by=F("actor_key"))
                    & Q(reasons__regex=r"\S")
                ),
                name="casework_step_adverse_by_another_person",
            ),
        ]


class Opening(models.Model):
    """One opening of a paper before deciding on it (阅卷)."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_comment="Case.")
    digest = models.CharField(max_length=64, db_comment="SHA-256 of the paper.")
    actor_key = models.CharField(max_length=80, db_comment="Who opened it.")
    at = models.DateTimeField(db_comment="When.")

    class Meta:
        """Name the table."""

        db_table = "casework_opening"
        db_table_comment = "[personal] Papers opened in a case, by whom; append-only."
        indexes = [models.Index(fields=["case", "actor_key"], name="casework_opening_case")]


class ServiceFigure(models.Model):
    """What a body did in a procedure in the past year (办理绩效): counts only, nothing of a case or a person."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    body = models.CharField(max_length=40, db_comment="Body that handles or handled the cases.")
    procedure = models.CharField(max_length=60, db_comment="Code of the procedure.")
    counted_at = models.DateTimeField(db_comment="Moment of the count.")
    since_on = models.DateField(db_comment="First day of the year that is counted.")
    received = models.IntegerField(db_comment="Cases opened in that year.")
    decided = models.IntegerField(db_comment="Cases decided in that year; those taken back are not among them.")
    on_time = models.IntegerField(db_comment="Of those, decided by their last day.")
    overdue = models.IntegerField(db_comment="Cases open past their last day at the count.")
    reviewed = models.IntegerField(db_comment="Decisions of the body on which a review ended in that year.")
    overturned = models.IntegerField(db_comment="Of those, set aside by the review.")
    median_workdays = models.DecimalField(
        max_digits=6, decimal_places=1, null=True, db_comment="Median working days from opening to decision."
    )

    class Meta:
        """Name the table; one row for a body and procedure."""

        db_table = "casework_service_figure"
        db_table_comment = "Public figures of service; no personal data."
        constraints = [models.UniqueConstraint(fields=["body", "procedure"], name="casework_service_figure_one")]


class OutcomeFigure(models.Model):
    """How often a body decided like cases which way: for the question whether like cases end alike (同案同办)."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    procedure = models.CharField(max_length=60, db_comment="Code of the procedure.")
    alike = models.CharField(max_length=200, db_comment="The facts that make cases alike, in the procedure's order.")
    body = models.CharField(max_length=40, db_comment="Body that decided.")
    state = models.CharField(max_length=40, db_comment="Final state.")
    cases = models.IntegerField(db_comment="How many cases ended so.")
    counted_at = models.DateTimeField(db_comment="Moment of the count.")

    class Meta:
        """Name the table; one row for what is alike, a body and a result."""

        db_table = "casework_outcome_figure"
        db_table_comment = "Results of like cases; no personal data."
        constraints = [
            models.UniqueConstraint(fields=["procedure", "alike", "body", "state"], name="casework_outcome_figure_one")
        ]


class OfficerFigure(models.Model):
    """How often an officer confirmed or sent back what a colleague proposed (复核同意率); oversight reads it."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    body = models.CharField(max_length=40, db_comment="Body of the officer.")
    procedure = models.CharField(max_length=60, db_comment="Code of the procedure.")
    actor_key = models.CharField(max_length=80, db_comment="Account of the officer.")
    confirmed = models.IntegerField(db_comment="Proposals decided as proposed in the past year.")
    sent_back = models.IntegerField(db_comment="Proposals sent back in the past year.")
    counted_at = models.DateTimeField(db_comment="Moment of the count.")

    class Meta:
        """Name the table; one row for an officer and procedure."""

        db_table = "casework_officer_figure"
        db_table_comment = "Confirm rates of officers; for oversight only."
        constraints = [
            models.UniqueConstraint(fields=["body", "procedure", "actor_key"], name="casework_officer_figure_one")
        ]
