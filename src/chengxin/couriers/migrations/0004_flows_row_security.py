"""Let who supervises payment read its sums, and the platform compute them for registered institutions."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("couriers", "0003_classes_and_flows")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0004_flows_row_security.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
