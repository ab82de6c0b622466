"""Let only the tracing read who stands in an export."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("exports", "0003_persons"), ("database", "0001_guard")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0004_persons.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
