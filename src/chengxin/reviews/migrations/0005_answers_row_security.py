"""Let a merchant answer a review of its own shop, and nobody in its name."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("reviews", "0004_answers"), ("market", "0002_row_security")]
    operations = [
        migrations.RunSQL(sql=(SQL / "0005_answers.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop)
    ]
