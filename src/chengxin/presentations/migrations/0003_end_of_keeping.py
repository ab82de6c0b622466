"""Let the word for whom something was shown end."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("presentations", "0002_row_security"), ("retention", "0003_keep_words")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0003_end_of_keeping.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
