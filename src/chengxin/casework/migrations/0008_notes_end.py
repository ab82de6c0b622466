"""Let words to colleagues end with the papers of their case."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("casework", "0007_hall"), ("retention", "0003_keep_words")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0008_notes_end.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
