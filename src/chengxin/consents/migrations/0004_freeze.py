"""Let a person's consents rest."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Create the table, then its policies."""

    dependencies = [("consents", "0003_checks_of_their_own")]
    operations = [
        migrations.CreateModel(
            name="Freeze",
            fields=[
                ("id", models.UUIDField(db_comment="UUIDv7.", primary_key=True, serialize=False)),
                ("subject_id", models.UUIDField(db_comment="[personal] Whose consents rest.")),
                ("began_at", models.DateTimeField(db_comment="Moment it began.")),
                (
                    "lifted_at",
                    models.DateTimeField(db_comment="Moment the person ended it; null: it stands.", null=True),
                ),
            ],
            options={
                "db_table": "consents_freeze",
                "db_table_comment": "[personal] Times in which no consent of a person is used.",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)), fields=("subject_id",), name="consents_freeze_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lifted_at", None), ("lifted_at__gte", models.F("began_at")), _connector="OR"
                        ),
                        name="consents_freeze_period",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            sql=(SQL / "0004_freeze.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        ),
    ]
