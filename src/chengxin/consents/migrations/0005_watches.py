"""Let a watch meet the freeze of its person."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policy."""

    dependencies = [("consents", "0004_freeze")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0005_watches.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
