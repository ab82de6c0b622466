"""Withhold exactly the looks that a running restriction covers."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [
        ("looks", "0001_restriction"),
        ("audit", "0007_key_service_row_security"),
        ("database", "0005_moment"),
    ]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0002_row_security.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
