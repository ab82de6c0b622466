"""Tables of repair: applications, and the papers handed in with them. Where one stands is its case's to say."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengxin.repair.rules import Paper as PaperKind

MEDIA = ["application/pdf", "image/jpeg", "image/png"]


class Application(models.Model):
    """One application for repair (信用修复申请) of one line by its subject."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    number = models.CharField(max_length=40, unique=True, db_comment="Number of its case (编号).")
    subject_id = models.UUIDField(db_comment="[personal] Subject of the line, who applies.")
    record_id = models.UUIDField(db_comment="Line to be repaired.")
    record_version = models.SmallIntegerField(db_comment="Version the applicant saw.")
    item_code = models.CharField(max_length=60, db_comment="Catalogue item of the line.")
    body = models.CharField(max_length=40, db_comment="Body that determined the act and decides.")
    case_id = models.UUIDField(db_comment="Case of the application.")
    applied_at = models.DateTimeField(db_comment="Moment of the application; the promise was made then.")
    applied_by = models.CharField(max_length=80, db_comment="Account that applied.")
    earliest_on = models.DateField(db_comment="First day of repair as it was computed and shown.")
    sealed = models.BinaryField(
        db_comment="[personal] Title and document number of the line, and what was done, under the subject's key."
    )
    mark_id = models.UUIDField(null=True, db_comment="Mark that ends publicity, sharing and use, once granted.")
    granted_at = models.DateTimeField(null=True, db_comment="Moment the repair was granted.")
    closed_at = models.DateTimeField(null=True, db_comment="Moment it was granted, refused or withdrawn.")
    revoked_at = models.DateTimeField(null=True, db_comment="Moment a granted repair was revoked.")
    revocation_case_id = models.UUIDField(null=True, db_comment="Newest case that asks whether to revoke it.")

    class Meta:
        """Let one line have one open application; a granted one has its mark."""

        db_table = "repair_application"
        db_table_comment = "[personal] Applications for credit repair."
        indexes = [models.Index(fields=["subject_id", "-id"], name="repair_application_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_id", "record_id"], condition=Q(closed_at__isnull=True), name="repair_application_open"
            ),
            models.CheckConstraint(
                condition=Q(granted_at__isnull=True, mark_id__isnull=True, revoked_at__isnull=True)
                | Q(granted_at__isnull=False, mark_id__isnull=False, closed_at__isnull=False),
                name="repair_application_granted",
            ),
        ]


class Paper(models.Model):
    """One paper of an application (材料); its bytes lie sealed in `files`."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="+", db_comment="Application it belongs to."
    )
    subject_id = models.UUIDField(db_comment="[personal] Subject who handed it in.")
    kind = models.CharField(max_length=20, db_comment="What it proves: performance or correction.")
    digest = models.CharField(max_length=32, db_comment="Keyed digest under which `files` keeps it.")
    media = models.CharField(max_length=20, db_comment="Format found in its first bytes.")
    size = models.IntegerField(db_comment="Bytes.")
    given_at = models.DateTimeField(db_comment="Moment it was handed in.")

    class Meta:
        """Name the table; a paper is of a known kind and format."""

        db_table = "repair_paper"
        db_table_comment = "[personal] Papers of applications for repair."
        indexes = [models.Index(fields=["application", "id"], name="repair_paper_application")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in PaperKind]), name="repair_paper_kind"),
            models.CheckConstraint(condition=Q(media__in=MEDIA), name="repair_paper_media"),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{32}$"), name="repair_paper_digest"),
        ]
