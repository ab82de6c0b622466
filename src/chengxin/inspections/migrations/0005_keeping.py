"""Say where the rest of a sample is kept and until when, and let what was written end."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Add the columns, and say what the sweep may empty."""

    dependencies = [("inspections", "0004_checks_row_security")]
    operations = [
        migrations.AddField(
            "sample",
            "reserve",
            models.CharField(
                max_length=120,
                default="",
                db_comment="Where its sealed rest is kept for a re-test; empty: none was, or its keeping ended.",
            ),
        ),
        migrations.AddField(
            "sample",
            "reserve_until",
            models.DateField(null=True, db_comment="Last day the rest is kept; null: not served yet."),
        ),
        migrations.RunSQL(
            sql=(SQL / "0005_keeping.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        ),
    ]
