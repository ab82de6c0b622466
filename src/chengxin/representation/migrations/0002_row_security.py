"""Let a mandate be seen by its two sides, and let a representative reach what it allows."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies; those on other packages' tables come after the tables."""

    dependencies = [
        ("database", "0005_moment"),
        ("representation", "0001_mandate"),
        ("database", "0001_guard"),
        ("subjects", "0004_query"),
        ("records", "0014_deciding"),
        ("jobs", "0002_row_security"),
        ("notices", "0002_row_security"),
        ("casework", "0006_step_by_representative"),
        ("objections", "0002_row_security"),
    ]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0002_row_security.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
