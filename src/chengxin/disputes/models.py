"""Complaints and what was agreed and paid; promises of shops and the ledger of their funds; sources of hotlines."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from chengxin.disputes.contracts import COURIER, PROCEDURE
from chengxin.files.contracts import SHOWN_FORM

DIGEST = "^[0-9a-f]{32}$"
STAGES = ("offered", "agreed", "paid")


class Dispute(models.Model):
    """One consumer complaint; words, papers and contact are sealed files, the code is a keyed hash."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    number = models.CharField(max_length=40, unique=True, db_comment="Number of its case (编号).")
    case_id = models.UUIDField(unique=True, db_comment="Case in which it is handled.")
    tag = models.BinaryField(max_length=16, unique=True, db_comment="Keyed hash of the code the consumer holds.")
    platform = models.CharField(max_length=40, db_comment="Body of the shop's platform.")
    procedure = models.CharField(
        max_length=20, default=PROCEDURE, db_default=PROCEDURE, db_comment="Course it takes: about a shop or a courier."
    )
    shop_id = models.UUIDField(null=True, db_comment="Shop it is about; null: a courier company.")
    institution = models.CharField(
        max_length=18, default="", db_default="", db_comment="Code of the payment institution paid through, if named."
    )
    subject_id = models.UUIDField(null=True, db_comment="Operator of the shop; null: unknown, or an individual.")
    trade_id = models.UUIDField(null=True, db_comment="Trade it was matched with by a keyed hash; null: none.")
    matter = models.CharField(max_length=20, db_comment="Code of matters.yaml: what it is about.")
    asks = models.CharField(max_length=20, db_comment="Code of matters.yaml: what is asked for.")
    asked_fen = models.BigIntegerField(default=0, db_comment="Amount asked for in fen; 0: none named.")
    contact = models.CharField(
        max_length=32, default="", db_comment="[personal] Digest of the sealed contact; empty if none was given."
    )
    shares_contact = models.BooleanField(default=False, db_comment="Whether the shop may see the contact too.")
    caller_tag = models.BinaryField(
        max_length=16, null=True, db_comment="[personal] Keyed hash of the telephone that was given."
    )
    public_text = models.CharField(
        max_length=1000, default="", db_comment="Account for the shop's page, by consent, scrubbed; empty: none."
    )
    public_reply = models.CharField(max_length=1000, default="", db_comment="The shop's word beside it, scrubbed.")
    joined_to = models.UUIDField(null=True, db_comment="Complaint it is handled together with; null: alone.")
    received_at = models.DateTimeField(db_comment="Moment it came.")
    destroyed_at = models.DateTimeField(null=True, db_comment="Moment all its sealed files were destroyed.")

    class Meta:
        """Name the table."""

        db_table = "disputes_dispute"
        db_table_comment = "[personal] Consumer complaints; the consumer by nothing but a code."
        indexes = [
            models.Index(fields=["shop_id", "-received_at", "-id"], name="disputes_dispute_shop"),
            models.Index(fields=["platform", "-id"], name="disputes_dispute_platform"),
            models.Index(
                fields=["subject_id", "-received_at"], condition=Q(shop_id=None), name="disputes_dispute_courier"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(contact="") | Q(contact__regex=DIGEST), name="disputes_dispute_contact_sealed"
            ),
            models.CheckConstraint(condition=Q(asked_fen__gte=0), name="disputes_dispute_asked"),
            models.CheckConstraint(
                condition=Q(procedure=PROCEDURE, shop_id__isnull=False)
                | Q(procedure=COURIER, shop_id__isnull=True, subject_id__isnull=False, institution="", trade_id=None),
                name="disputes_dispute_about_one",
            ),
            models.CheckConstraint(condition=~Q(joined_to=F("id")), name="disputes_dispute_not_itself"),
        ]


class Entry(models.Model):
    """What the consumer wrote or handed in, as a sealed file."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="+", db_comment="Complaint.")
    place = models.SmallIntegerField(db_comment="From 1, in the order they came.")
    at = models.DateTimeField(db_comment="Moment it came.")
    digest = models.CharField(max_length=32, db_comment="[personal] Digest of the sealed text or paper.")
    is_paper = models.BooleanField(db_comment="Whether it is a paper and no text.")
    shown = models.CharField(
        max_length=400,
        default="",
        db_default="",
        db_comment="What of a paper its giver lets be seen: all, cells of a grid, or nothing.",
    )

    class Meta:
        """Name the table."""

        db_table = "disputes_entry"
        db_table_comment = "[personal] What consumers wrote and handed in, as digests of sealed files."
        constraints = [
            models.UniqueConstraint(fields=["dispute", "place"], name="disputes_entry_place"),
            models.CheckConstraint(condition=Q(digest__regex=DIGEST), name="disputes_entry_sealed"),
            models.CheckConstraint(
                condition=Q(shown="") | Q(is_paper=True, shown__regex=SHOWN_FORM), name="disputes_entry_shown"
            ),
        ]


class Terms(models.Model):
    """What was offered, agreed or paid; only ever added, the last one holds."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="+", db_comment="Complaint.")
    place = models.SmallIntegerField(db_comment="From 1.")
    stage = models.CharField(max_length=8, db_comment="offered, agreed or paid.")
    what = models.CharField(max_length=20, default="", db_comment="Code of matters.yaml; empty: nothing is offered.")
    fen = models.BigIntegerField(default=0, db_comment="Amount in fen.")
    done_on = models.DateField(null=True, db_comment="Day it was paid or done; only of what was paid.")
    from_fund = models.BooleanField(default=False, db_comment="Whether the platform paid first, from the fund.")
    actor_key = models.CharField(max_length=80, db_comment="Who said so.")
    at = models.DateTimeField(db_comment="Moment.")

    class Meta:
        """Say the day of what was paid, and of nothing else."""

        db_table = "disputes_terms"
        db_table_comment = "What was offered, agreed and paid in complaints; only ever added."
        constraints = [
            models.UniqueConstraint(fields=["dispute", "place"], name="disputes_terms_place"),
            models.CheckConstraint(
                condition=Q(stage="paid", done_on__isnull=False) | Q(stage__in=STAGES[:2], done_on__isnull=True),
                name="disputes_terms_paid_on_a_day",
            ),
            models.CheckConstraint(condition=Q(fen__gte=0), name="disputes_terms_amount"),
        ]


class Promise(models.Model):
    """What a shop promises its buyers; only ever added, the last one holds."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    shop_id = models.UUIDField(db_comment="Shop that promises.")
    platform = models.CharField(max_length=40, db_comment="Body of its platform.")
    post = models.CharField(max_length=40, db_comment="Post that answers first (首问负责岗位); never a person's name.")
    reach = models.CharField(max_length=80, default="", db_comment="Public way to reach that post.")
    pays_first_fen = models.BigIntegerField(db_comment="Up to how much is compensated in advance; 0: not promised.")
    return_days = models.SmallIntegerField(db_comment="Days of return without a reason; 7 by law.")
    exceptions = ArrayField(models.CharField(max_length=20), db_comment="Codes of the legal exceptions that apply.")
    at = models.DateTimeField(db_comment="Moment it was promised.")
    actor_key = models.CharField(max_length=80, db_comment="Who filed it.")

    class Meta:
        """Promise no less than the law gives."""

        db_table = "disputes_promise"
        db_table_comment = "Promises of shops to buyers; public."
        indexes = [models.Index(fields=["shop_id", "-id"], name="disputes_promise_shop")]
        constraints = [
            models.CheckConstraint(condition=Q(return_days__gte=7), name="disputes_promise_no_less_than_law"),
            models.CheckConstraint(condition=Q(pays_first_fen__gte=0) & ~Q(post=""), name="disputes_promise_said"),
        ]


class FundLine(models.Model):
    """One line of the ledger of a shop's protection fund; only ever added."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    shop_id = models.UUIDField(db_comment="Shop whose fund it is.")
    platform = models.CharField(max_length=40, db_comment="Body of the platform that keeps it.")
    place = models.IntegerField(db_comment="From 1, without gaps.")
    kind = models.CharField(max_length=12, db_comment="deposit, pay_out, claim_back or return.")
    fen = models.BigIntegerField(db_comment="Amount in fen, negative where money leaves the fund.")
    balance = models.BigIntegerField(db_comment="Balance after this line; never below 0.")
    dispute_id = models.UUIDField(null=True, db_comment="Complaint for which it was paid out or claimed back.")
    done_on = models.DateField(db_comment="Day the money moved.")
    waited_days = models.IntegerField(null=True, db_comment="Days from agreement to pay-out; only of a pay-out.")
    at = models.DateTimeField(db_comment="Moment it was written.")
    actor_key = models.CharField(max_length=80, db_comment="Who wrote it.")

    class Meta:
        """Let money leave only as a pay-out or a return, and never below nothing."""

        db_table = "disputes_fund"
        db_table_comment = "Ledgers of consumer protection funds (消费者权益保证金); public, without the complaint."
        constraints = [
            models.UniqueConstraint(fields=["shop_id", "place"], name="disputes_fund_place"),
            models.UniqueConstraint(
                fields=["dispute_id"], condition=Q(kind="pay_out"), name="disputes_fund_paid_out_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["deposit", "claim_back"], fen__gt=0)
                | Q(kind__in=["pay_out", "return"], fen__lt=0),
                name="disputes_fund_sign",
            ),
            models.CheckConstraint(condition=Q(balance__gte=0), name="disputes_fund_not_below_nothing"),
            models.CheckConstraint(
                condition=Q(kind__in=["pay_out", "claim_back"], dispute_id__isnull=False)
                | Q(kind__in=["deposit", "return"], dispute_id__isnull=True),
                name="disputes_fund_for_a_complaint",
            ),
        ]


class Source(models.Model):
    """One sheet of a hotline (热线工单) that tells of a complaint."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    hotline = models.CharField(max_length=8, db_comment="12345, 12315 or 12318.")
    sheet = models.CharField(max_length=40, db_comment="Number of the sheet at the hotline.")
    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="+", db_comment="Complaint it made.")
    at = models.DateTimeField(db_comment="Moment of the call.")
    filed_at = models.DateTimeField(db_comment="Moment it was filed here.")
    filed_by = models.CharField(max_length=80, db_comment="Who filed it.")

    class Meta:
        """Take each sheet once."""

        db_table = "disputes_source"
        db_table_comment = "Sheets of hotlines and the complaints they belong to; no caller."
        constraints = [
            models.UniqueConstraint(fields=["hotline", "sheet"], name="disputes_source_once"),
            models.CheckConstraint(
                condition=Q(hotline__in=["12345", "12315", "12318"]), name="disputes_source_hotline"
            ),
        ]
