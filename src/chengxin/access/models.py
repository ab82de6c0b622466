"""Tables of the access package: none holds a name, number or contact of a person."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from chengxin.database.facade import ask
from chengxin.kernel.actor import Role

BODY_CODE = 40
SEPARATED_ROLES = [Role.SYSTEM_ADMIN.value, Role.SECURITY_ADMIN.value, Role.AUDIT_ADMIN.value]
POST_ROLES = [Role.CLERK.value, Role.APPROVER.value, Role.CASE_OFFICER.value, Role.HALL_CLERK.value, *SEPARATED_ROLES]


class Body(models.Model):
    """A body (单位) that files, decides or oversees."""

    code = models.CharField(max_length=BODY_CODE, primary_key=True, db_comment="Stable code of the body.")
    name_zh = models.CharField(max_length=120, db_comment="Name in Chinese.")
    name_en = models.CharField(max_length=160, db_comment="Name in English.")
    uscc = models.CharField(max_length=18, db_comment="Unified social credit code, empty if it has none.")
    area = models.CharField(max_length=12, db_comment="Area code prefix; the body may act inside it.")
    level = models.CharField(max_length=10, db_comment="province, city or county.")
    fields_of_work = ArrayField(models.CharField(max_length=40), db_comment="Fields of work, as catalogue codes.")
    parent = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="+", db_comment="Body above it, if any."
    )
    is_credit_office = models.BooleanField(default=False, db_comment="Whether it leads credit work in its area.")

    class Meta:
        """Name the table and refuse a level or area that makes no sense."""

        db_table = "access_body"
        db_table_comment = "Bodies."
        constraints = [
            models.CheckConstraint(condition=Q(level__in=["province", "city", "county"]), name="access_body_level"),
            models.CheckConstraint(condition=Q(area__regex=r"^[0-9]{2,12}$"), name="access_body_area"),
        ]


class AccountManager(BaseUserManager["Account"]):
    """Find accounts by what people sign in with."""

    def get(self, *conditions: Q, **values: object) -> Account:
        """Return one account; by its key, as every request asks, with a statement that is planned once."""
        if conditions or values.keys() != {"pk"}:
            return super().get(*conditions, **values)
        names = [field.attname for field in self.model._meta.concrete_fields]  # noqa: SLF001 - Django documents it
        rows = ask(f"select {', '.join(names)} from access_account where id = %s::uuid", [values["pk"]])
        if not rows:
            raise self.model.DoesNotExist
        return self.model.from_db(self.db, names, rows[0])


class Account(AbstractBaseUser):
    """What one person signs in with (账户); an adult has at most one of their own."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7; the account is named by it in the log.")
    username = models.CharField(max_length=60, unique=True, db_comment="Chosen name; no number of a person.")
    password = models.CharField(max_length=200, db_comment="Argon2 digest, or unusable.")
    subject_id = models.UUIDField(null=True, unique=True, db_comment="The adult whose own account this is, if any.")
    is_active = models.BooleanField(default=True, db_comment="Whether it may sign in.")
    password_is_one_time = models.BooleanField(
        default=False, db_comment="Whether the password was given by another and must be changed before anything else."
    )
    last_login = models.DateTimeField(null=True, db_comment="Last sign-in.")
    created_at = models.DateTimeField(db_comment="Moment it was opened.")

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        """Name the table."""

        db_table = "access_account"
        db_table_comment = "Accounts."
        constraints = [
            models.CheckConstraint(
                condition=Q(username__regex=r"^[a-z][a-z0-9._-]{1,59}$"), name="access_account_username"
            ),
        ]


class Post(models.Model):
    """A role held for a body from a day until before another (岗位)."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_comment="Who holds it.")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_comment="For which body.")
    role = models.CharField(max_length=20, db_comment="What the holder may be trusted with.")
    starts_on = models.DateField(db_comment="First day.")
    ends_on = models.DateField(null=True, db_comment="First day on which it is over; null: open.")
    given_by = models.CharField(max_length=80, db_comment="Account or process that gave it.")

    class Meta:
        """Name the table; keep system, security and audit administration in different hands."""

        db_table = "access_post"
        db_table_comment = "Posts."
        constraints = [
            models.CheckConstraint(condition=Q(role__in=POST_ROLES), name="access_post_role"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")), name="access_post_period"
            ),
            ExclusionConstraint(
                name="access_post_separated_admins",
                expressions=[
                    ("account", RangeOperators.EQUAL),
                    ("role", RangeOperators.NOT_EQUAL),
                    (
                        Func("starts_on", "ends_on", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(role__in=SEPARATED_ROLES),
            ),
        ]


class ApiClient(models.Model):
    """A registered program of a body (接口客户端); its secret is 256 random bits, kept as a digest."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7; the client id.")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_comment="Body that answers for it.")
    name = models.CharField(max_length=120, db_comment="What the program is.")
    secret_digest = models.BinaryField(max_length=32, db_comment="SHA-256 of the secret.")
    public_key = models.BinaryField(
        max_length=32, default=b"", db_default=b"", db_comment="Ed25519 key of its signatures; empty: it signs nothing."
    )
    scopes = ArrayField(models.CharField(max_length=40), db_comment="Actions it may ask for.")
    is_active = models.BooleanField(default=True, db_comment="Whether it is served.")
    rate_per_minute = models.IntegerField(db_comment="Requests it may make in one minute.")
    created_at = models.DateTimeField(db_comment="Moment of registration.")

    class Meta:
        """Name the table."""

        db_table = "access_api_client"
        db_table_comment = "Registered programs."
        constraints = [models.CheckConstraint(condition=Q(rate_per_minute__gt=0), name="access_api_client_rate")]


class ClientNonce(models.Model):
    """A random value a program signed a request with; it is used once."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    client = models.ForeignKey(ApiClient, on_delete=models.PROTECT, related_name="+", db_comment="Program.")
    nonce = models.CharField(max_length=100, db_comment="The value.")
    at = models.DateTimeField(db_comment="Moment of the request.")

    class Meta:
        """Take each value of a program once."""

        db_table = "access_client_nonce"
        db_table_comment = "Nonces of signed requests, against replay."
        constraints = [models.UniqueConstraint(fields=["client", "nonce"], name="access_client_nonce_once")]


class SourceRight(models.Model):
    """The right and duty of a body to file a catalogue item (报送职责)."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", db_comment="Source body.")
    item_code = models.CharField(max_length=80, db_comment="Catalogue item.")
    starts_on = models.DateField(db_comment="First day.")
    ends_on = models.DateField(null=True, db_comment="First day on which it is over; null: open.")

    class Meta:
        """Name the table."""

        db_table = "access_source_right"
        db_table_comment = "Which body may file which catalogue item."
        constraints = [
            models.UniqueConstraint(fields=["body", "item_code", "starts_on"], name="access_source_right_once"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")), name="access_source_right_period"
            ),
        ]


class Restriction(models.Model):
    """A time in which an account is slowed or frozen (限速、冻结); nothing changes for any subject."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_comment="Whose work it limits.")
    kind = models.CharField(max_length=10, db_comment="slow: fewer requests a minute; freeze: no post counts.")
    per_minute = models.IntegerField(db_comment="Requests a minute while slowed; 0 while frozen.")
    starts_at = models.DateTimeField(db_comment="Moment it begins.")
    ends_at = models.DateTimeField(db_comment="Moment it ends by itself.")
    lifted_at = models.DateTimeField(null=True, db_comment="Moment somebody lifted it before.")
    ordered_by = models.CharField(max_length=80, db_comment="Account that ordered it, or the process that slowed.")
    reasons = models.CharField(max_length=500, db_comment="Why, in words.")
    case_number = models.CharField(max_length=40, db_comment="Case it belongs to, or empty.")

    class Meta:
        """Name the table; a machine may slow for a day, only a named person freezes, and never for long."""

        db_table = "access_restriction"
        db_table_comment = "Accounts slowed or frozen for a time."
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="slow", per_minute__gt=0, ends_at__lte=F("starts_at") + timedelta(days=1))
                | Q(
                    kind="freeze",
                    per_minute=0,
                    ordered_by__startswith="account:",
                    ends_at__lte=F("starts_at") + timedelta(days=15),
                ),
                name="access_restriction_kind",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="access_restriction_period"),
            models.CheckConstraint(condition=~Q(reasons=""), name="access_restriction_reasons"),
        ]
        indexes = [models.Index(fields=["account", "ends_at"], name="access_restriction_account")]


class FactorReset(models.Model):
    """A lost second factor that two people took away (重置第二重验证)."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_comment="Whose factor it was.")
    at = models.DateTimeField(db_comment="Moment it was taken away.")
    case_number = models.CharField(max_length=40, db_comment="Case in which identity was checked twice.")
    proposed_by = models.CharField(max_length=80, db_comment="Account that proposed it.")
    confirmed_by = models.CharField(max_length=80, db_comment="Account that confirmed it.")

    class Meta:
        """Name the table; two named people, neither of them the holder."""

        db_table = "access_factor_reset"
        db_table_comment = "Second factors that two people took away."
        constraints = [
            models.CheckConstraint(
                condition=Q(proposed_by__startswith="account:", confirmed_by__startswith="account:")
                & ~Q(proposed_by=F("confirmed_by"))
                & ~Q(case_number=""),
                name="access_factor_reset_two",
            ),
        ]
        indexes = [models.Index(fields=["account", "at"], name="access_factor_reset_account")]


class Tally(models.Model):
    """What is counted for a while and by every process alike, under a keyed hash: it says nothing of anybody."""

    key = models.CharField(max_length=64, primary_key=True, db_comment="Keyed hash of what is counted.")
    value = models.JSONField(db_comment="A count, moments, or that a code was used.")
    ends_at = models.DateTimeField(db_comment="Moment from which it counts no longer.")

    class Meta:
        """Name the table; what ended is swept away by whoever adds."""

        db_table = "access_tally"
        db_table_comment = "Wrong codes, used codes and tries without an account, counted for a while."
        indexes = [models.Index(fields=["ends_at"], name="access_tally_end")]
