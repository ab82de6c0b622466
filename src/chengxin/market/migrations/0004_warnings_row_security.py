"""Let the platform's own job keep warnings and everybody read when platforms showed them."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("database", "0001_guard"), ("market", "0003_warnings")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0004_warnings.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
