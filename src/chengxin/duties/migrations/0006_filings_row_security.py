"""Let platforms file what they owe, on the day it is and never before."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("duties", "0005_filings")]
    operations = [
        migrations.RunSQL(sql=(SQL / "0006_filings.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop)
    ]
