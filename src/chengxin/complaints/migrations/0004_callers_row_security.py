"""End with a tip by what contact it would be known again."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policy."""

    dependencies = [("complaints", "0003_callers")]
    operations = [
        migrations.RunSQL(sql=(SQL / "0004_callers.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop)
    ]
