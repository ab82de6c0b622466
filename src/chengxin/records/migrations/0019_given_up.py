"""Let a subject end the publication of its own record once it stands withdrawn by that subject's word."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the check."""

    dependencies = [("records", "0018_statement_ends")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0019_given_up.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
