"""Credentials that were issued, each at its place in a status list; the credentials themselves are kept nowhere."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from chengxin.credentials.sdjwt import PLACES


class StatusList(models.Model):
    """One status list (状态清单), as it was last signed; it tells of places and of nobody."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7; part of its address.")
    uri = models.CharField(max_length=300, db_comment="Address credentials name it by.")
    token = models.TextField(db_comment="The signed list, public.")
    made_at = models.DateTimeField(null=True, db_comment="When it was signed; null before the first time.")

    class Meta:
        """Name the table."""

        db_table = "credentials_status_list"
        db_table_comment = "Signed status lists of credentials, public."


class Credential(models.Model):
    """One credential: which claims, bound to which key, until when; its place in the list is drawn by lot."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    subject_id = models.UUIDField(db_comment="[personal] Who it is about and who holds it.")
    list = models.ForeignKey(
        StatusList, on_delete=models.PROTECT, related_name="+", db_comment="Status list it stands in."
    )
    place = models.IntegerField(db_comment="Its place there, drawn by lot.")
    claims = ArrayField(models.CharField(max_length=40), db_comment="Codes of its claims.")
    key = models.CharField(max_length=43, db_comment="Thumbprint (RFC 7638) of the holder's key.")
    issued_at = models.DateTimeField(db_comment="Moment it was issued.")
    expires_at = models.DateTimeField(db_comment="From this moment it proves nothing.")
    revoked_at = models.DateTimeField(null=True, db_comment="Moment its holder ended it.")

    class Meta:
        """Name the table; one credential a place, and none without a claim."""

        db_table = "credentials_credential"
        db_table_comment = "[personal] Issued credentials."
        indexes = [models.Index(fields=["subject_id", "-id"], name="credentials_subject")]
        constraints = [
            models.UniqueConstraint(fields=["list", "place"], name="credentials_place"),
            models.CheckConstraint(condition=Q(place__gte=0, place__lt=PLACES), name="credentials_in_list"),
            models.CheckConstraint(condition=~Q(claims=[]), name="credentials_claims"),
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("issued_at")), name="credentials_expires"),
        ]
