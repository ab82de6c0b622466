"""Open the subject at a counter to who serves it."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("database", "0002_counter"), ("subjects", "0002_row_security")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0003_counter.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
