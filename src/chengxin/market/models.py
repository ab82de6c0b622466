"""Platforms, their shops, each verification, and the reminders that were sent."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from chengxin.market.contracts import Exemption, Seller, Standing


class Platform(models.Model):
    """A registered platform: a body and the host of its shops."""

    body = models.CharField(max_length=40, primary_key=True, db_comment="Body that the platform is.")
    host = models.CharField(max_length=120, unique=True, db_comment="Host under which its shops stand.")
    registered_at = models.DateTimeField(db_comment="Moment it was registered.")
    registered_by = models.CharField(max_length=80, db_comment="Who registered it.")

    class Meta:
        """Name the table."""

        db_table = "market_platform"
        db_table_comment = "Registered platforms; public."


class Shop(models.Model):
    """One shop; of an individual seller nothing that names them."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    platform = models.CharField(max_length=40, db_comment="Body of its platform.")
    number = models.CharField(max_length=40, db_comment="Number of the shop on its platform.")
    seller = models.CharField(max_length=12, db_comment="operator or individual.")
    subject_id = models.UUIDField(null=True, db_comment="Operator by its code; null: unknown, or an individual.")
    uscc = models.CharField(max_length=18, default="", db_comment="Unified social credit code as filed.")
    claimed_name = models.CharField(max_length=200, default="", db_comment="Name of the operator as filed.")
    title = models.CharField(max_length=80, default="", db_comment="Name of the shop; empty for an individual.")
    address = models.CharField(max_length=200, db_comment="Where it stands; of an individual the host alone.")
    exemption = models.CharField(max_length=12, default="", db_comment="Why an individual need not register.")
    categories = ArrayField(models.CharField(max_length=20), db_comment="Codes of what it sells.")
    standing = models.CharField(max_length=12, db_comment="What the register answered last.")
    verified_on = models.DateField(db_comment="Day the platform last verified it.")
    due_on = models.DateField(db_comment="Last day by which the platform verifies again.")
    opened_on = models.DateField(db_comment="Day it was opened.")
    closed_on = models.DateField(null=True, db_comment="Day it was closed.")
    filed_at = models.DateTimeField(db_comment="Moment of the last filing.")

    class Meta:
        """Let an individual be known by nothing, and an operator by its code."""

        db_table = "market_shop"
        db_table_comment = "Shops as their platforms filed them; public, without anything of a natural person."
        indexes = [
            models.Index(fields=["platform", "due_on", "id"], name="market_shop_due"),
            models.Index(
                fields=["subject_id", "id"], condition=Q(subject_id__isnull=False), name="market_shop_subject"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["platform", "number"], name="market_shop_number"),
            models.CheckConstraint(
                condition=Q(
                    seller=Seller.INDIVIDUAL.value,
                    subject_id__isnull=True,
                    uscc="",
                    claimed_name="",
                    title="",
                    exemption__in=[one.value for one in Exemption],
                    standing=Standing.VOUCHED.value,
                    address__regex="^[a-z0-9.-]+$",
                )
                | Q(Q(seller=Seller.OPERATOR.value, exemption=""), ~Q(uscc=""), ~Q(standing=Standing.VOUCHED.value)),
                name="market_shop_individual_unnamed",
            ),
            models.CheckConstraint(
                condition=Q(standing__in=[one.value for one in Standing]), name="market_shop_standing"
            ),
            models.CheckConstraint(condition=~Q(categories=[]), name="market_shop_sells"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")), name="market_shop_closed_later"
            ),
        ]


class Verification(models.Model):
    """One verification (核验) of a shop, only ever added."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+", db_comment="Shop that was verified.")
    verified_on = models.DateField(db_comment="Day the platform verified.")
    standing = models.CharField(max_length=12, db_comment="What the register answered.")
    at = models.DateTimeField(db_comment="Moment of the answer.")
    actor_key = models.CharField(max_length=80, db_comment="Who filed, or the platform's own look.")

    class Meta:
        """Name the table."""

        db_table = "market_verification"
        db_table_comment = "Verifications of shops; public."
        indexes = [models.Index(fields=["shop", "-id"], name="market_verification_shop")]


class ConsumerWarning(models.Model):
    """One consumer warning (消费警示) on one platform: it rests on an entry of a list and names nobody itself."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    entry_id = models.UUIDField(db_comment="Entry of a public list that it rests on.")
    kind = models.CharField(max_length=40, db_comment="Code of the list.")
    platform = models.CharField(max_length=40, db_comment="Body of the platform that is to show it.")
    pushed_at = models.DateTimeField(db_comment="Moment the platform was told to show it.")
    shown_at = models.DateTimeField(null=True, db_comment="Moment of its receipt that it does; null: none yet.")
    ended_at = models.DateTimeField(null=True, db_comment="Moment it was told to take it off; null: it stands.")
    lifted_at = models.DateTimeField(null=True, db_comment="Moment of its receipt that it did; null: none yet.")

    class Meta:
        """Let one stand at a time."""

        db_table = "market_warning"
        db_table_comment = "Warnings to buyers and when platforms showed and lifted them; public, without a name."
        indexes = [
            models.Index(fields=["platform", "id"], name="market_warning_platform"),
            models.Index(
                fields=["id"],
                condition=Q(shown_at__isnull=True, ended_at__isnull=True)
                | Q(ended_at__isnull=False, lifted_at__isnull=True),
                name="market_warning_waiting",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["entry_id", "platform"], condition=Q(ended_at__isnull=True), name="market_warning_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, lifted_at__isnull=True) | Q(ended_at__gte=F("pushed_at")),
                name="market_warning_lifted_after_its_end",
            ),
        ]


class Impersonation(models.Model):
    """One decision that a shop trades under another's name (冒用认定); it is ended, never changed."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+", db_comment="Shop it is about.")
    case_id = models.UUIDField(unique=True, db_comment="Case in which it was decided.")
    number = models.CharField(max_length=24, db_comment="Number of that case, for people.")
    body = models.CharField(max_length=40, db_comment="Authority that decided.")
    decided_on = models.DateField(db_comment="Day it was decided.")
    decided_by = models.CharField(max_length=80, db_comment="Officer who decided.")
    ended_on = models.DateField(null=True, db_comment="Day it was taken back; null: it holds.")

    class Meta:
        """Let only a named person decide."""

        db_table = "market_impersonation"
        db_table_comment = "Decisions that a shop trades under another's name; public while they hold, without a name."
        indexes = [models.Index(fields=["shop", "id"], condition=Q(ended_on=None), name="market_impersonation_holds")]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__startswith="account:"), name="market_impersonation_by_a_person"
            ),
        ]


class Reminder(models.Model):
    """One reminder that a licence ends, sent once."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    shop = models.ForeignKey(
        Shop, on_delete=models.PROTECT, related_name="+", db_comment="Shop that needs the licence."
    )
    record_id = models.UUIDField(db_comment="Record of the licence.")
    step = models.CharField(max_length=8, db_comment="first, second or last.")
    valid_until = models.DateField(db_comment="Last day of the licence.")
    at = models.DateTimeField(db_comment="Moment it was sent.")

    class Meta:
        """Send each once."""

        db_table = "market_reminder"
        db_table_comment = "Reminders of licences that end."
        constraints = [
            models.UniqueConstraint(fields=["shop", "record_id", "valid_until", "step"], name="market_reminder_once"),
        ]
