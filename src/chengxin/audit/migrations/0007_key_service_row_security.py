"""Let the key service see what an event opens, and nothing else of it."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policy."""

    dependencies = [("audit", "0006_what_an_event_opens")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0007_key_service.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
