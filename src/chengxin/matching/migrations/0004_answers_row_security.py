"""Put the log of answers and its indexes under row security."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("matching", "0003_answer")]
    operations = [
        migrations.RunSQL(sql=(SQL / "0004_answers.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop)
    ]
