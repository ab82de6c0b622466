"""Tables of grants, requests, authorisations and their uses; what was given is never changed, only ended."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


class Grant(models.Model):
    """The registration of an institution for one purpose (查询资格)."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    body = models.CharField(max_length=40, db_comment="Institution.")
    area = models.CharField(max_length=12, db_comment="Its area, for the credit office that answers for it.")
    rule = models.CharField(max_length=60, db_comment="Code of the purpose rule.")
    registration = models.CharField(max_length=80, db_comment="Number of its licence or registration.")
    starts_on = models.DateField(db_comment="First day.")
    ends_on = models.DateField(null=True, db_comment="First day on which it is over; null: open.")
    suspended_at = models.DateTimeField(null=True, db_comment="Moment it was suspended; null: it is not.")
    suspended_because = models.CharField(max_length=200, default="", db_comment="Why, in words for the institution.")
    audited_on = models.DateField(null=True, db_comment="Day of the last audit.")
    given_by = models.CharField(max_length=80, db_comment="Account or process that gave it.")

    class Meta:
        """Keep one open registration per institution and purpose."""

        db_table = "consents_grant"
        db_table_comment = "Which institution is registered for which purpose."
        constraints = [
            models.UniqueConstraint(fields=["body", "rule"], condition=Q(ends_on=None), name="consents_grant_once"),
            models.CheckConstraint(
                condition=Q(suspended_at=None, suspended_because="")
                | (Q(suspended_at__isnull=False) & ~Q(suspended_because="")),
                name="consents_grant_suspended",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="consents_grant_period"
            ),
        ]


class Request(models.Model):
    """A request for consent (授权请求) an institution shows as a code; a refusal leaves it as it is."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    code = models.CharField(max_length=24, unique=True, db_comment="Random code the person types or scans.")
    body = models.CharField(max_length=40, db_comment="Institution that asks.")
    rule = models.CharField(max_length=60, db_comment="Code of the purpose rule.")
    items = models.JSONField(db_comment="Catalogue items asked for, each with its fields.")
    addressee = models.BinaryField(db_comment="[personal] Blind tag of the number of whom it is for; no number.")
    reference = models.CharField(max_length=40, db_comment="The institution's own number of the matter.")
    actor_key = models.CharField(max_length=80, db_comment="Program that asked.")
    asked_at = models.DateTimeField(db_comment="Moment it was asked.")
    answer_by = models.DateTimeField(db_comment="Moment it lapses.")
    consent_id = models.UUIDField(null=True, db_comment="Consent that was given to it; null: none was.")

    class Meta:
        """Name the table."""

        db_table = "consents_request"
        db_table_comment = "[personal] Requests for consent."


class Authorisation(models.Model):
    """A permission to look at some items of one subject, by consent or by statute (授权)."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    ground = models.CharField(max_length=8, db_comment="consent or statute.")
    subject_id = models.UUIDField(db_comment="[personal] Whom it is about.")
    body = models.CharField(max_length=40, db_comment="Institution or organ that holds it.")
    rule = models.CharField(max_length=60, db_comment="Code of the purpose rule.")
    purpose = models.CharField(max_length=60, db_comment="Declared purpose.")
    items = models.JSONField(db_comment="Catalogue items, each with the fields that may be seen.")
    since = models.DateField(db_comment="First day it reaches back to.")
    granted_at = models.DateTimeField(db_comment="Moment it was given.")
    ends_at = models.DateTimeField(db_comment="Moment it ends by itself.")
    text = models.TextField(db_comment="Exact text the person agreed to; empty for a statutory task.")
    artefact = models.TextField(db_comment="[personal] Signed consent as compact JWS; empty for a statutory task.")
    reference = models.CharField(max_length=80, db_comment="Number of the request or of the announced procedure.")
    last_used_at = models.DateTimeField(null=True, db_comment="Moment of the last use.")
    use_count = models.IntegerField(default=0, db_comment="Uses so far.")
    used_up_at = models.DateTimeField(null=True, db_comment="Moment a one-time permission was used.")
    revoked_at = models.DateTimeField(null=True, db_comment="Moment the person took it back.")

    class Meta:
        """A consent has its text and its signature; a statutory task never has a consent's."""

        db_table = "consents_authorisation"
        db_table_comment = "[personal] Permissions by consent or statute."
        indexes = [
            models.Index(fields=["subject_id", "-id"], name="consents_auth_subject"),
            models.Index(fields=["body", "-id"], name="consents_auth_body"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(ground="consent") & ~Q(artefact="") & ~Q(text=""))
                | Q(ground="statute", artefact="", text=""),
                name="consents_auth_no_fake_consent",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("granted_at")), name="consents_auth_ends"),
            models.CheckConstraint(condition=~Q(items={}) & ~Q(reference=""), name="consents_auth_says_what"),
        ]


class Step(models.Model):
    """One change of an authorisation's state; rows are only ever added."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    authorisation_id = models.UUIDField(db_comment="Authorisation.")
    subject_id = models.UUIDField(db_comment="[personal] Whom it is about.")
    body = models.CharField(max_length=40, db_comment="Who holds it.")
    state = models.CharField(max_length=12, db_comment="State from this moment: active, used, expired or revoked.")
    at = models.DateTimeField(db_comment="Moment.")
    actor_key = models.CharField(max_length=80, db_comment="Who did it.")

    class Meta:
        """Let no state be entered twice."""

        db_table = "consents_step"
        db_table_comment = "[personal] History of authorisations; append-only."
        constraints = [models.UniqueConstraint(fields=["authorisation_id", "state"], name="consents_step_once")]


class Use(models.Model):
    """One use of an authorisation, and the result the institution posts back."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    authorisation_id = models.UUIDField(db_comment="Authorisation.")
    subject_id = models.UUIDField(db_comment="[personal] Whom it was about.")
    body = models.CharField(max_length=40, db_comment="Who used it.")
    rule = models.CharField(max_length=60, db_comment="Code of the purpose rule.")
    at = models.DateTimeField(db_comment="Moment.")
    actor_key = models.CharField(max_length=80, db_comment="Program or account.")
    record_count = models.IntegerField(db_comment="Records that were handed over.")
    items = ArrayField(models.CharField(max_length=60), db_comment="Catalogue items that were handed over.")
    result = models.TextField(default="", db_comment="What came of it, as the institution says; empty: not posted.")
    is_adverse = models.BooleanField(default=False, db_comment="Whether it went against the person.")
    items_used = ArrayField(models.CharField(max_length=60), default=list, db_comment="Items the decision rests on.")
    by_person = models.BooleanField(default=False, db_comment="Whether a member of staff decided.")
    result_at = models.DateTimeField(null=True, db_comment="Moment it was posted.")

    class Meta:
        """Hold a result whole: an adverse one names what it rests on."""

        db_table = "consents_use"
        db_table_comment = "[personal] Uses of authorisations and their results."
        indexes = [
            models.Index(fields=["authorisation_id", "-id"], name="consents_use_of"),
            models.Index(fields=["body", "at"], condition=Q(result_at=None), name="consents_use_owed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(result_at=None, result="", is_adverse=False) | (Q(result_at__isnull=False) & ~Q(result="")),
                name="consents_use_result",
            ),
            models.CheckConstraint(
                condition=Q(is_adverse=False) | Q(items_used__len__gt=0), name="consents_use_adverse_named"
            ),
        ]


class Freeze(models.Model):
    """A time in which no consent of a person is used (本人冻结), begun and ended by that person alone."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    subject_id = models.UUIDField(db_comment="[personal] Whose consents rest.")
    began_at = models.DateTimeField(db_comment="Moment it began.")
    lifted_at = models.DateTimeField(null=True, db_comment="Moment the person ended it; null: it stands.")

    class Meta:
        """Let one freeze of a person stand at a time."""

        db_table = "consents_freeze"
        db_table_comment = "[personal] Times in which no consent of a person is used."
        constraints = [
            models.UniqueConstraint(fields=["subject_id"], condition=Q(lifted_at=None), name="consents_freeze_once"),
            models.CheckConstraint(
                condition=Q(lifted_at=None) | Q(lifted_at__gte=F("began_at")), name="consents_freeze_period"
            ),
        ]


class Agreement(models.Model):
    """One data-cooperation agreement (数据合作协议); of no person, approved once, stopped once."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    number = models.CharField(max_length=60, unique=True, db_comment="Its document number.")
    partner = models.CharField(max_length=40, db_comment="Body it is with.")
    purpose = models.CharField(max_length=200, db_comment="What the partner uses it for, in words.")
    basis = models.JSONField(db_comment="Articles it rests on.")
    item_fields = models.JSONField(db_comment="Fields it opens by catalogue item; none is personal.")
    summary = models.CharField(max_length=500, db_comment="Published summary.")
    starts_on = models.DateField(db_comment="First day.")
    ends_on = models.DateField(db_comment="First day on which it is over.")
    drafted_by = models.CharField(max_length=80, db_comment="Account that drafted it.")
    approved_at = models.DateTimeField(null=True, db_comment="Moment it was approved; null: a draft.")
    approved_by = models.CharField(max_length=80, default="", db_comment="Another account that approved it.")
    stopped_at = models.DateTimeField(null=True, db_comment="Moment it was stopped; null: it was not.")
    stopped_by = models.CharField(max_length=80, default="", db_comment="Account that stopped it.")
    stopped_because = models.CharField(max_length=200, default="", db_comment="Why, in public.")

    class Meta:
        """Let two people open what leaves, for a term that ends."""

        db_table = "consents_agreement"
        db_table_comment = "Which partner receives which fields of operators, for what and until when."
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="consents_agreement_term"),
            models.CheckConstraint(
                condition=Q(approved_at=None, approved_by="")
                | (Q(approved_at__isnull=False, approved_by__startswith="account:") & ~Q(approved_by=F("drafted_by"))),
                name="consents_agreement_two_people",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at=None, stopped_because="")
                | (Q(stopped_at__isnull=False) & ~Q(stopped_because="")),
                name="consents_agreement_stopped",
            ),
        ]
