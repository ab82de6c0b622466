"""Open the records of the subject at a counter to the report made there."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policy."""

    dependencies = [("database", "0002_counter"), ("records", "0008_recipients_row_security")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0009_counter.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
