"""Tables of statutory queries: what an organ asks on which announced procedure, and the persons it names."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class StatutoryQuery(models.Model):
    """One statutory query (法定查询) for one announced procedure."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    body = models.CharField(max_length=40, db_comment="Organ that asks.")
    rule = models.CharField(max_length=60, db_comment="Code of the purpose rule.")
    basis = models.CharField(max_length=40, db_comment="Article it rests on.")
    items = models.JSONField(db_comment="Catalogue items, each with its fields.")
    procedure_number = models.CharField(max_length=80, db_comment="Number of the announced procedure.")
    announced_on = models.DateField(db_comment="Day it was announced.")
    announced_at = models.CharField(max_length=300, db_comment="Address of the announcement.")
    announced_count = models.SmallIntegerField(db_comment="Persons the announcement admits to review.")
    matter = models.CharField(max_length=200, db_comment="What is to be decided, in words.")
    created_by = models.CharField(max_length=80, db_comment="Account or program that asked.")
    created_at = models.DateTimeField(db_comment="Moment it was asked.")
    approved_at = models.DateTimeField(null=True, db_comment="Moment a second person approved it.")

    class Meta:
        """A query without basis, procedure or announcement cannot be written."""

        db_table = "inquiries_statutory_query"
        db_table_comment = "[personal] Statutory queries."
        indexes = [models.Index(fields=["body", "-id"], name="inquiries_statutory_body")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(basis="") & ~Q(procedure_number="") & ~Q(announced_at="") & ~Q(items={}),
                name="inquiries_statutory_grounded",
            )
        ]


class NamedPerson(models.Model):
    """One person a statutory query names; who is not on file has no subject, and looks the same."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7.")
    query = models.ForeignKey(
        StatutoryQuery, on_delete=models.PROTECT, related_name="+", db_comment="Query that names the person."
    )
    body = models.CharField(max_length=40, db_comment="Organ that asks.")
    place = models.SmallIntegerField(db_comment="Place in the list, from 1.")
    shown = models.CharField(max_length=40, db_comment="[personal] Surname and stars.")
    subject_id = models.UUIDField(null=True, db_comment="[personal] Subject, if name and number agree.")
    authorisation_id = models.UUIDField(null=True, db_comment="Authorisation the approval opened.")

    class Meta:
        """Keep the list in order and name nobody twice."""

        db_table = "inquiries_named_person"
        db_table_comment = "[personal] Persons named in statutory queries."
        constraints = [
            models.UniqueConstraint(fields=["query", "place"], name="inquiries_person_place"),
            models.UniqueConstraint(
                fields=["query", "subject_id"], condition=Q(subject_id__isnull=False), name="inquiries_person_once"
            ),
        ]
