"""Show alerts to who handles them, and let the detection read the looks of staff."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("misuse", "0001_tables"), ("audit", "0004_counter_row_security"), ("database", "0001_guard")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0002_row_security.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
