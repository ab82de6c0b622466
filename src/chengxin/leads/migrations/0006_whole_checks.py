"""Let the check of each policy say again who acts, as it is taken together with any other policy's condition."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("leads", "0005_harmed")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0006_whole_checks.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
