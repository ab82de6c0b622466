"""Open the looks at the subject at a counter to the report made there."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policy."""

    dependencies = [("database", "0002_counter"), ("audit", "0003_counter")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0004_counter.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
