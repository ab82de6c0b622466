"""Let nobody change what another post confirmed."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the trigger and the policies."""

    dependencies = [("emergency", "0002_row_security"), ("database", "0005_moment")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0003_confirmed_once.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
