"""Let policies ask who stands at a counter."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the function."""

    dependencies = [("database", "0001_guard")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0002_counter.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
