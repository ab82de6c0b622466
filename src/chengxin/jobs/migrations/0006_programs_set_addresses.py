"""Let programs alone set the address at which they are called."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("jobs", "0005_whole_checks")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0006_programs_set_addresses.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
