"""Let the search of what is public use its indexes."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL that trades row security of the publication index for a check of its writers."""

    dependencies = [("records", "0003_statement_text")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0004_publication_search.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
