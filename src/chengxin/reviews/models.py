"""Trades, reviews, what was hidden, what a platform no longer shows, and reputation. Rows here are only ever added."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chengxin.reviews.contracts import ANSWER, Side, Status


class Trade(models.Model):
    """One completed trade; order, buyer and parcel as keyed hashes."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    platform = models.CharField(max_length=40, db_comment="Body of its platform.")
    shop_id = models.UUIDField(db_comment="Shop of the trade.")
    order_tag = models.BinaryField(max_length=16, db_comment="Keyed hash of the order on its platform.")
    buyer_tag = models.BinaryField(max_length=16, db_comment="[personal] Keyed hash of the platform's buyer.")
    parcel_tag = models.BinaryField(max_length=16, null=True, db_comment="Keyed hash of the parcel's number.")
    courier = models.CharField(
        max_length=80, default="", db_comment="Company that carried the parcel, as its waybill names it."
    )
    completed_at = models.DateTimeField(db_comment="Moment it was completed.")
    filed_at = models.DateTimeField(db_comment="Moment it was filed.")

    class Meta:
        """Match an order once."""

        db_table = "reviews_trade"
        db_table_comment = "[personal] Completed trades, pseudonymous."
        constraints = [models.UniqueConstraint(fields=["platform", "order_tag"], name="reviews_trade_order")]
        indexes = [
            models.Index(fields=["parcel_tag"], name="reviews_trade_parcel", condition=Q(parcel_tag__isnull=False)),
            models.Index(fields=["shop_id", "completed_at"], name="reviews_trade_shop"),
        ]


class Review(models.Model):
    """One review or follow-up, without its words; never changed, never deleted."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    trade = models.ForeignKey(Trade, on_delete=models.PROTECT, related_name="+", db_comment="Trade it is about.")
    platform = models.CharField(max_length=40, db_comment="Body of its platform.")
    shop_id = models.UUIDField(db_comment="Shop of the trade.")
    subject_id = models.UUIDField(null=True, db_comment="Operator of the shop; null: unknown, or an individual.")
    of_operator = models.BooleanField(
        db_comment="Whether an operator sells there; an individual's stay on the platform."
    )
    side = models.CharField(max_length=8, db_comment="buyer, seller, or answer: what the merchant answers in public.")
    place = models.SmallIntegerField(db_comment="1 is the rating, from 2 on follow-ups and answers.")
    marks = models.JSONField(db_comment="Marks by dimension; empty for a follow-up.")
    written_at = models.DateTimeField(db_comment="Moment it was written on the platform.")
    filed_at = models.DateTimeField(db_comment="Moment it was filed.")
    opens_at = models.DateTimeField(db_comment="Moment it opens by itself, if the other side does not rate before.")

    class Meta:
        """Let each side rate a trade once."""

        db_table = "reviews_review"
        db_table_comment = "[personal] Reviews of trades; only ever added."
        indexes = [
            models.Index(fields=["shop_id", "-written_at", "-id"], name="reviews_review_shop"),
            models.Index(fields=["platform", "-id"], name="reviews_review_platform"),
            models.Index(fields=["subject_id", "-id"], condition=Q(side="seller"), name="reviews_review_of_buyers"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["trade", "side", "place"], name="reviews_review_once"),
            models.CheckConstraint(
                condition=Q(place=1) & ~Q(marks={}) & ~Q(side=ANSWER) | Q(place__gt=1, marks={}),
                name="reviews_review_marked_once",
            ),
            models.CheckConstraint(
                condition=Q(side__in=[*(one.value for one in Side), ANSWER]), name="reviews_review_side"
            ),
        ]


class Said(models.Model):
    """The words of a review; hidden ones stay and are not shown."""

    review = models.OneToOneField(
        Review, on_delete=models.PROTECT, primary_key=True, related_name="+", db_comment="Review they belong to."
    )
    text = models.CharField(max_length=1000, db_comment="[personal] What was written, numbers of people masked.")

    class Meta:
        """Name the table."""

        db_table = "reviews_said"
        db_table_comment = "[personal] Words of reviews; only ever added."


class Opening(models.Model):
    """That both sides of a trade have rated, so that both are open."""

    trade = models.OneToOneField(
        Trade, on_delete=models.PROTECT, primary_key=True, related_name="+", db_comment="Trade both sides rated."
    )
    at = models.DateTimeField(db_comment="Moment the second was filed.")

    class Meta:
        """Name the table."""

        db_table = "reviews_opening"
        db_table_comment = "Trades that both sides rated."


class Hiding(models.Model):
    """That a named person hid the words of a review, or showed them again; only ever added."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="+", db_comment="Review it is about.")
    place = models.SmallIntegerField(db_comment="From 1; the last one holds.")
    is_hidden = models.BooleanField(db_comment="Whether the words are hidden from here on.")
    ground = models.CharField(max_length=20, default="", db_comment="Code of grounds.yaml; empty when shown again.")
    reasons = models.CharField(max_length=500, db_comment="Why, in the words of who did it; public.")
    body = models.CharField(max_length=40, db_comment="Body they did it for.")
    actor_key = models.CharField(max_length=80, db_comment="Account that did it.")
    at = models.DateTimeField(db_comment="Moment it was done.")

    class Meta:
        """Let only a named person hide, on a ground and with reasons."""

        db_table = "reviews_hiding"
        db_table_comment = "Reviews that were hidden or shown again; public."
        constraints = [
            models.UniqueConstraint(fields=["review", "place"], name="reviews_hiding_place"),
            models.CheckConstraint(condition=Q(actor_key__startswith="account:"), name="reviews_hiding_by_a_person"),
            models.CheckConstraint(
                condition=~Q(reasons="") & (Q(is_hidden=True) & ~Q(ground="") | Q(is_hidden=False, ground="")),
                name="reviews_hiding_grounded",
            ),
        ]


class Snapshot(models.Model):
    """What a platform said it shows of a shop at a moment, compared with what is kept."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    platform = models.CharField(max_length=40, db_comment="Body of the platform.")
    shop_id = models.UUIDField(db_comment="Shop.")
    as_of = models.DateTimeField(db_comment="Moment it tells of.")
    listed = models.IntegerField(db_comment="How many reviews it shows.")
    missing = models.IntegerField(db_comment="How many open, not hidden ones it does not show.")
    filed_at = models.DateTimeField(db_comment="Moment it was filed.")

    class Meta:
        """Name the table."""

        db_table = "reviews_snapshot"
        db_table_comment = "Snapshots of what platforms show; a lead, never public."
        indexes = [models.Index(fields=["platform", "shop_id", "-as_of"], name="reviews_snapshot_shop")]


class Removal(models.Model):
    """One review that a snapshot does not show, without a ground."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+", db_comment="Snapshot.")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="+", db_comment="Review it lacks.")

    class Meta:
        """Name each once per snapshot."""

        db_table = "reviews_removal"
        db_table_comment = "Reviews that snapshots lack; a lead, never public."
        constraints = [models.UniqueConstraint(fields=["snapshot", "review"], name="reviews_removal_once")]


class ParcelRating(models.Model):
    """How one side of a trade rated the company that carried its parcel: marks alone; never changed, never deleted."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    trade = models.ForeignKey(Trade, on_delete=models.PROTECT, related_name="+", db_comment="Trade of the parcel.")
    platform = models.CharField(max_length=40, db_comment="Body of its platform.")
    courier = models.CharField(max_length=80, db_comment="Company that carried it, as the trade was filed.")
    side = models.CharField(max_length=8, db_comment="buyer or seller.")
    marks = models.JSONField(db_comment="Marks by dimension.")
    written_at = models.DateTimeField(db_comment="Moment it was given on the platform.")
    filed_at = models.DateTimeField(db_comment="Moment it was filed.")
    opens_at = models.DateTimeField(db_comment="Moment it counts, if the other side does not rate before.")

    class Meta:
        """Let each side rate a parcel once."""

        db_table = "reviews_parcel_rating"
        db_table_comment = "[personal] Ratings of who carried parcels; only ever added, shown as sums alone."
        indexes = [models.Index(fields=["side", "written_at"], name="reviews_parcel_rating_written")]
        constraints = [
            models.UniqueConstraint(fields=["trade", "side"], name="reviews_parcel_rating_once"),
            models.CheckConstraint(
                condition=Q(side__in=[one.value for one in Side]) & ~Q(marks={}) & ~Q(courier=""),
                name="reviews_parcel_rating_marked",
            ),
        ]


class Figures(models.Model):
    """The columns of a reputation in one dimension, with the ledger of each weight."""

    dimension = models.CharField(max_length=20, db_comment="What was rated.")
    status = models.CharField(max_length=12, db_comment="ok, or insufficient below the floor.")
    score = models.FloatField(null=True, db_comment="On the scale of the marks; null below the floor.")
    low = models.FloatField(null=True, db_comment="Lower end of the interval.")
    high = models.FloatField(null=True, db_comment="Upper end of the interval.")
    effective_n = models.FloatField(db_comment="Sum of the weights.")
    ratings = models.IntegerField(db_comment="How many ratings it is computed from.")
    window_days = models.IntegerField(db_comment="Days of ratings it is computed from.")
    settled_on = models.DateField(db_comment="Legal day it was computed.")
    prior_mean = models.FloatField(db_comment="Mean that few ratings are drawn to.")
    prior_weight = models.FloatField(db_comment="How many ratings that mean counts as.")
    version = models.CharField(max_length=20, db_comment="Version of the published parameters.")
    ledger = models.TextField(
        default="", db_comment="CSV of each rating's weight and its factors, raters as pseudonyms."
    )

    class Meta:
        """Have no table of its own."""

        abstract = True


def _no_number_below_the_floor(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(status=Status.OK.value, score__isnull=False, low__isnull=False, high__isnull=False)
        | Q(status=Status.INSUFFICIENT.value, score__isnull=True, low__isnull=True, high__isnull=True),
        name=name,
    )


class Score(Figures):
    """The reputation of an operator's shop in one dimension."""

    pk = models.CompositePrimaryKey("shop_id", "dimension")
    shop_id = models.UUIDField(db_comment="Shop of an operator.")

    class Meta:
        """Show no number below the floor."""

        db_table = "reviews_score"
        db_table_comment = "Reputation of operators' shops; public."
        constraints = [_no_number_below_the_floor("reviews_score_no_number_below_the_floor")]


class Voice(Figures):
    """What one side of the trades says of a courier company in one dimension."""

    pk = models.CompositePrimaryKey("courier", "side", "dimension")
    courier = models.CharField(max_length=80, db_comment="Company, as waybills name it.")
    side = models.CharField(max_length=8, db_comment="buyer or seller.")

    class Meta:
        """Show no number below the floor."""

        db_table = "reviews_voice"
        db_table_comment = "What merchants and buyers say of courier companies; public."
        constraints = [_no_number_below_the_floor("reviews_voice_no_number_below_the_floor")]
