"""Put complaints, promises and funds under row security."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("database", "0001_guard"), ("casework", "0002_row_security"), ("market", "0002_row_security"), ("disputes", "0001_tables")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0002_row_security.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
