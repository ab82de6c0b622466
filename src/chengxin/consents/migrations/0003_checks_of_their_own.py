"""Let each check of a consent name whose it is."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("consents", "0002_row_security")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0003_checks_of_their_own.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
