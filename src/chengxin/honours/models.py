"""The two tables: a nomination with what became of it, and what people write about one."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from chengxin.honours.contracts import Answer, Outcome, Way


class Nomination(models.Model):
    """One nomination (提名) and the honour it became; without its nominee's word nothing is shown or recorded."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7; the draft is sealed for it.")
    number = models.CharField(max_length=40, unique=True, db_comment="Number of its case (编号).")
    kind = models.CharField(max_length=40, db_comment="Kind of honour (kinds.yaml).")
    body = models.CharField(max_length=40, db_comment="Body that nominates and grants.")
    subject_id = models.UUIDField(db_comment="[personal] Who is nominated.")
    is_person = models.BooleanField(db_comment="Whether a natural person is nominated.")
    case_id = models.UUIDField(db_comment="Case of the nomination.")
    nominated_by = models.CharField(max_length=80, db_comment="Account of who nominated.")
    nominated_at = models.DateTimeField(db_comment="Moment of the nomination.")
    sealed = models.BinaryField(db_comment="[personal] Nominee and deeds under the subject's key; empty once declined.")
    answer = models.CharField(max_length=10, default="", db_comment="What the nominee said: named, unnamed, declined.")
    answered_at = models.DateTimeField(null=True, db_comment="Moment of the answer that counts.")
    shown_name = models.CharField(max_length=200, default="", db_comment="[personal] Name shown by consent, or empty.")
    shown_story = models.TextField(default="", db_comment="[personal] Deeds shown by consent, or empty.")
    visited_on = models.DateField(null=True, db_comment="Day an officer checked the place on site and found it fit.")
    visited_by = models.CharField(max_length=80, default="", db_comment="Account of who was there.")
    checked_on = models.DateField(null=True, db_comment="Day lists and determinations were last checked.")
    obstacles = models.JSONField(default=list, db_comment="Codes of what stood against it at that check.")
    notice_from = models.DateField(null=True, db_comment="Day the public notice began.")
    notice_until = models.DateField(null=True, db_comment="Last day of the public notice.")
    awarded_on = models.DateField(null=True, db_comment="Day it was awarded.")
    awarded_by = models.CharField(
        max_length=80, default="", db_comment="Account of who awarded it; never the nominator."
    )
    valid_until = models.DateField(null=True, db_comment="Last day of the honour.")
    record_id = models.UUIDField(null=True, db_comment="Record the award became.")
    reviewed_on = models.DateField(null=True, db_comment="Day of the last review that kept it.")
    closed_at = models.DateTimeField(null=True, db_comment="Moment it ended without an award.")
    withdrawn_at = models.DateTimeField(null=True, db_comment="Moment the honour was withdrawn by decision.")

    class Meta:
        """Let nobody be shown, put into notice or honoured without having agreed, and nobody by one person alone."""

        db_table = "honours_nomination"
        db_table_comment = "[personal] Nominations for honours and the honours they became."
        indexes = [
            models.Index(fields=["body", "-id"], name="honours_body"),
            models.Index(fields=["subject_id", "-id"], name="honours_subject"),
            models.Index(fields=["-notice_from", "-id"], name="honours_public"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(answer__in=[one.value for one in Answer]), name="honours_answer"),
            models.CheckConstraint(
                condition=Q(shown_name="", shown_story="") | Q(answer=Answer.NAMED.value),
                name="honours_shown_by_consent",
            ),
            models.CheckConstraint(
                condition=Q(notice_from__isnull=True) | Q(answer__in=["named", "unnamed"]) | Q(closed_at__isnull=False),
                name="honours_agreed_before_notice",
            ),
            models.CheckConstraint(
                condition=Q(awarded_on__isnull=True, record_id__isnull=True)
                | Q(closed_at__isnull=False, record_id__isnull=True)
                | Q(
                    answer__in=["named", "unnamed"],
                    notice_until__lt=F("awarded_on"),
                    awarded_by__startswith="account:",
                    valid_until__isnull=False,
                )
                & ~Q(awarded_by=F("nominated_by")),
                name="honours_awarded_by_another",
            ),
            models.CheckConstraint(
                condition=Q(visited_on__isnull=True, visited_by="")
                | Q(visited_on__isnull=False, visited_by__startswith="account:", is_person=False),
                name="honours_visited_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(shown_name="", shown_story=""), name="honours_closed_unnamed"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(record_id__isnull=False), name="honours_withdrawn_after"
            ),
        ]


class Letter(models.Model):
    """What somebody wrote (来信): a proposal, or an objection in public notice; who wrote is not asked."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    number = models.CharField(max_length=24, unique=True, db_comment="Number by which its author reads the answer.")
    way = models.CharField(max_length=10, db_comment="proposal or objection.")
    kind = models.CharField(max_length=40, db_comment="Kind of honour it is about.")
    body = models.CharField(max_length=40, db_comment="Body it is for.")
    nomination_id = models.UUIDField(null=True, db_comment="Nomination an objection is about.")
    text = models.TextField(db_comment="[personal] What was written; emptied when its keeping ends.")
    from_body = models.CharField(max_length=40, default="", db_comment="Body that proposes, or empty.")
    sent_at = models.DateTimeField(db_comment="Moment it was sent.")
    outcome = models.CharField(max_length=12, default="", db_comment="adopted or not_adopted once it was answered.")
    reply = models.TextField(default="", db_comment="The answer, which names nobody.")
    replied_by = models.CharField(max_length=80, default="", db_comment="Account of who answered.")
    replied_at = models.DateTimeField(null=True, db_comment="Moment of the answer.")

    class Meta:
        """An objection is about a nomination; an answer has its author and words."""

        db_table = "honours_letter"
        db_table_comment = "[personal] Proposals and objections about honours."
        indexes = [models.Index(fields=["body", "-id"], name="honours_letter_body")]
        constraints = [
            models.CheckConstraint(condition=Q(way__in=[one.value for one in Way]), name="honours_letter_way"),
            models.CheckConstraint(
                condition=Q(way=Way.OBJECTION.value, nomination_id__isnull=False)
                | Q(way=Way.PROPOSAL.value, nomination_id__isnull=True),
                name="honours_letter_about",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.WAITING.value, reply="", replied_by="")
                | Q(outcome__in=["adopted", "not_adopted"], replied_by__startswith="account:") & ~Q(reply=""),
                name="honours_letter_answered",
            ),
        ]
