"""The tables of reports and of the counter: what was made, from which record versions, for whom, by whom."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from chengxin.archives.contracts import DocumentKind


class Report(models.Model):
    """One credit report (信用报告) of one subject at one moment."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7; the content is sealed for it.")
    code = models.CharField(max_length=24, unique=True, db_comment="Verification code (查询码): random, 80 bits.")
    subject_id = models.UUIDField(db_comment="[personal] Subject the report is about.")
    made_at = models.DateTimeField(db_comment="Moment it was made; its content is as of this moment.")
    digest = models.CharField(max_length=64, db_comment="SHA-256 of the content, the same in every format.")
    record_ids = ArrayField(models.UUIDField(), db_comment="Records in it.")
    record_versions = ArrayField(models.SmallIntegerField(), db_comment="Their versions, in the same order.")
    sealed = models.BinaryField(db_comment="[personal] Content as JSON under the subject's data key.")
    superseded_at = models.DateTimeField(null=True, db_comment="Moment a newer report took its place.")
    withdrawn_at = models.DateTimeField(null=True, db_comment="Moment the subject took it back.")
    form = models.CharField(
        max_length=12,
        db_default="report",
        db_comment="What it is: a report, a certificate (合规证明), an occupational report (职业信用报告).",
    )
    items = ArrayField(
        models.CharField(max_length=60),
        db_default=[],
        db_comment="Items of the sections its person ticked; empty: it is not made of sections.",
    )

    class Meta:
        """Keep ids and versions in step, and the path to a subject's newest report."""

        db_table = "archives_report"
        db_table_comment = "[personal] Credit reports."
        indexes = [models.Index(fields=["subject_id", "-id"], name="archives_report_subject")]
        constraints = [
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="archives_report_digest"),
            models.CheckConstraint(
                condition=Q(form__in=["report", "certificate", "occupation"]), name="archives_report_form"
            ),
            models.CheckConstraint(
                condition=Q(form="occupation", items__len__gt=0) | (~Q(form="occupation") & Q(items__len=0)),
                name="archives_report_sections",
            ),
            models.CheckConstraint(
                condition=Q(record_ids__len=models.F("record_versions__len")), name="archives_report_in_step"
            ),
        ]


class CounterVisit(models.Model):
    """One attempt to identify a person at the counter of a service hall (大厅), and the one print it may lead to."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7 of the attempt.")
    clerk_key = models.CharField(max_length=80, db_comment="Account of the hall clerk; no name.")
    body = models.CharField(max_length=40, db_comment="Body of the hall.")
    tried_at = models.DateTimeField(db_comment="Moment of the attempt; attempts are counted by it.")
    document_kind = models.CharField(max_length=20, db_comment="Original document the clerk checked.")
    subject_id = models.UUIDField(null=True, db_comment="[personal] Person who was identified; null where nobody was.")
    code = models.CharField(max_length=24, default="", db_comment="Verification code of the report that was made.")
    downloaded_at = models.DateTimeField(null=True, db_comment="Moment of its one download by the clerk.")

    class Meta:
        """Let an attempt either serve a person with a report or name nobody; find the recent ones of a clerk."""

        db_table = "archives_counter_visit"
        db_table_comment = "[personal] Attempts and visits at the counters of service halls."
        indexes = [models.Index(fields=["clerk_key", "-tried_at"], name="archives_counter_visit_clerk")]
        constraints = [
            models.CheckConstraint(
                condition=Q(subject_id__isnull=True, code="", downloaded_at__isnull=True)
                | (Q(subject_id__isnull=False) & ~Q(code="")),
                name="archives_counter_visit_served",
            ),
            models.CheckConstraint(
                condition=Q(document_kind__in=[kind.value for kind in DocumentKind]),
                name="archives_counter_visit_document",
            ),
        ]


class Mandate(models.Model):
    """The letter (委托书) on which a visit was served to a representative."""

    visit_id = models.UUIDField(primary_key=True, db_comment="Visit it was shown at.")
    subject_id = models.UUIDField(db_comment="[personal] Person who is represented.")
    signed_on = models.DateField(db_comment="Day the letter was signed.")
    document_digest = models.CharField(max_length=32, db_comment="Keyed digest under which `files` keeps its image.")
    sealed = models.BinaryField(
        db_comment="[personal] Representative's name, number and the letter's number, under the represented's key."
    )

    class Meta:
        """Ask for the document."""

        db_table = "archives_mandate"
        db_table_comment = "[personal] Letters on which representatives were served at counters."
        constraints = [
            models.CheckConstraint(
                condition=Q(document_digest__regex=r"^[0-9a-f]{32}$"), name="archives_mandate_proven"
            )
        ]
