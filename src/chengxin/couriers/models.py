"""Courier companies, their branches, figures and document rates from the lake; nothing about a person."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from chengxin.couriers.contracts import Status


class Company(models.Model):
    """One company of a class as its authority entered it."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    subject_id = models.UUIDField(unique=True, db_comment="Operator it is.")
    uscc = models.CharField(max_length=18, unique=True, db_comment="Unified social credit code.")
    kind = models.CharField(max_length=20, default="courier", db_default="courier", db_comment="Code of classes.yaml.")
    name = models.CharField(max_length=200, db_comment="Registered name.")
    names = ArrayField(models.CharField(max_length=80), db_comment="Its names on waybills.")
    body = models.CharField(max_length=40, default="", db_comment="Body its people act for; empty: none yet.")
    authority = models.CharField(max_length=40, db_comment="Postal authority that entered it.")
    registered_at = models.DateTimeField(db_comment="Moment it was entered.")
    registered_by = models.CharField(max_length=80, db_comment="Who entered it.")

    class Meta:
        """Let a company have a name on waybills."""

        db_table = "couriers_company"
        db_table_comment = "Courier companies and payment institutions; public."
        constraints = [models.CheckConstraint(condition=~Q(names=[]), name="couriers_company_named")]


class Branch(models.Model):
    """One branch or outlet of a company."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+", db_comment="Company.")
    number = models.CharField(max_length=40, db_comment="Number of the branch with its authority.")
    name = models.CharField(max_length=120, db_comment="Name of the place.")
    area = models.CharField(max_length=6, db_comment="Six digits of its area.")
    opened_on = models.DateField(db_comment="Day it was opened.")
    filed_on = models.DateField(db_comment="Day it was filed with the authority.")
    closed_on = models.DateField(null=True, db_comment="Day it was closed.")

    class Meta:
        """Number the branches of a company."""

        db_table = "couriers_branch"
        db_table_comment = "Branches of courier companies; public, without anybody who works there."
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="couriers_branch_number"),
            models.CheckConstraint(condition=Q(filed_on__gte=F("opened_on")), name="couriers_branch_filed_later"),
        ]


class Figure(models.Model):
    """One measure of one courier of a source in a window, from sums of the lake."""

    pk = models.CompositePrimaryKey("source", "courier", "measure", "window_until")
    source = models.CharField(max_length=40, db_comment="Platform that handed in the parcels.")
    courier = models.CharField(max_length=80, db_comment="Courier as waybills name it.")
    measure = models.CharField(max_length=20, db_comment="Code of measures.yaml.")
    window_from = models.DateField(db_comment="First day.")
    window_until = models.DateField(db_comment="First day after.")
    status = models.CharField(max_length=12, db_comment="compared, alone on its lanes, or insufficient.")
    parcels = models.IntegerField(db_comment="Parcels it is counted from.")
    compared = models.IntegerField(db_comment="Of them on lanes that another courier runs too.")
    value = models.FloatField(null=True, db_comment="What was counted.")
    mean = models.FloatField(null=True, db_comment="What all couriers have on the same lanes together.")
    figure = models.FloatField(null=True, db_comment="Compared by lane and drawn to the mean.")
    low = models.FloatField(null=True, db_comment="Lower end of the interval.")
    high = models.FloatField(null=True, db_comment="Upper end of the interval.")
    lanes = models.JSONField(db_comment="Its largest lanes; no cell below the lake's floor.")
    run = models.CharField(max_length=40, db_comment="Run of the lake it follows from.")
    version = models.CharField(max_length=20, db_comment="Version of the published parameters.")
    computed_on = models.DateField(db_comment="Legal day it was computed.")

    class Meta:
        """Show no number below the floor."""

        db_table = "couriers_figure"
        db_table_comment = "Figures of couriers by source and window; public, sums alone."
        indexes = [models.Index(fields=["courier", "-window_until"], name="couriers_figure_courier")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=[Status.COMPARED.value, Status.ALONE.value], figure__isnull=False)
                & Q(value__isnull=False, low__isnull=False, high__isnull=False)
                | Q(status=Status.INSUFFICIENT.value, figure__isnull=True, value__isnull=True, lanes=[])
                & Q(low__isnull=True, high__isnull=True),
                name="couriers_figure_no_number_below_the_floor",
            )
        ]


class Flow(models.Model):
    """The payments one institution carried for a source in a window beside orders and parcels, as sums."""

    pk = models.CompositePrimaryKey("source", "channel", "window_until")
    source = models.CharField(max_length=40, db_comment="Platform that handed in the payments.")
    channel = models.CharField(max_length=80, db_comment="Registered institution; empty: all others together.")
    window_from = models.DateField(db_comment="First day.")
    window_until = models.DateField(db_comment="First day after.")
    payments = models.IntegerField(db_comment="Payments that were made.")
    paid_fen = models.BigIntegerField(db_comment="Their sum in fen.")
    order_unknown = models.IntegerField(db_comment="Of them without an order that was handed in.")
    order_known = models.IntegerField(db_comment="Of them with one.")
    amount_differs = models.IntegerField(db_comment="Of these whose order has another amount.")
    sent = models.IntegerField(db_comment="Of these whose order is said to be sent.")
    parcel_unknown = models.IntegerField(db_comment="Of these without a waybill that was handed in.")
    refunds = models.IntegerField(db_comment="Refunds.")
    refunded_fen = models.BigIntegerField(db_comment="Their sum in fen.")
    run = models.CharField(max_length=40, db_comment="Run of the lake it follows from.")
    version = models.CharField(max_length=20, db_comment="Version of the published rules.")
    computed_on = models.DateField(db_comment="Legal day it was computed.")

    class Meta:
        """Count no part that is larger than its whole."""

        db_table = "couriers_flow"
        db_table_comment = "Payments beside orders and parcels by institution; sums alone, for who supervises them."
        constraints = [
            models.CheckConstraint(
                condition=Q(payments=F("order_unknown") + F("order_known"))
                & Q(amount_differs__lte=F("order_known"), sent__lte=F("order_known"), parcel_unknown__lte=F("sent")),
                name="couriers_flow_parts_of_wholes",
            )
        ]


class PaperRate(models.Model):
    """On how many orders of a source one rule over their papers fired in a window."""

    pk = models.CompositePrimaryKey("source", "rule", "window_until")
    source = models.CharField(max_length=40, db_comment="Platform that handed in the papers.")
    rule = models.CharField(max_length=8, db_comment="Code of the rule.")
    window_from = models.DateField(db_comment="First day.")
    window_until = models.DateField(db_comment="First day after.")
    orders = models.IntegerField(db_comment="Orders looked at.")
    fired = models.IntegerField(db_comment="Of them on which it fired.")
    version = models.CharField(max_length=20, db_comment="Version of the rules.")
    computed_on = models.DateField(db_comment="Legal day it was computed.")

    class Meta:
        """Count no more than was looked at."""

        db_table = "couriers_paper_rate"
        db_table_comment = "How often rules over papers fire; public, names no order and no shop."
        constraints = [
            models.CheckConstraint(condition=Q(fired__gte=0, fired__lte=F("orders")), name="couriers_paper_rate_of_all")
        ]
