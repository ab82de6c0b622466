"""Put the addresses of recipients under row security; let an answer count as the arrival."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies and the trigger."""

    dependencies = [("jobs", "0003_webhooks")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0004_webhooks.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
