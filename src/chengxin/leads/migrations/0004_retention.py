"""Let the sweep of retention empty what is over, and nobody else change what was found."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("leads", "0003_end_of_keeping")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0004_retention.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
