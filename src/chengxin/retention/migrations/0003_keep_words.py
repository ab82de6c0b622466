"""Let only the sweep of retention empty what somebody wrote, and let it do nothing else."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("retention", "0002_row_security")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0003_keep_words.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
