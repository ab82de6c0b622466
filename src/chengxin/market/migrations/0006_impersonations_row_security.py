"""Let a second officer of an authority decide that a shop impersonates, and everybody read it."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("database", "0001_guard"), ("casework", "0002_row_security"), ("market", "0005_impersonations")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0006_impersonations.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
