"""Let the recipients ledger be written in the recipient's own name and read by the source body."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("records", "0007_recipients_ledger")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0008_recipients_ledger.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
