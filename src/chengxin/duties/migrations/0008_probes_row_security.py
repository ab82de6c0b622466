"""Let officers of authorities write down test calls to the channels of platforms."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("duties", "0007_probes")]
    operations = [
        migrations.RunSQL(sql=(SQL / "0008_probes.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop)
    ]
