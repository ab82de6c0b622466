"""Have the database write acts of several who act at the same moment, in the transaction that lets them be answered."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the function."""

    dependencies = [("audit", "0008_told_together")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0009_acts_together.sql").read_text(encoding="utf-8"),
            reverse_sql="drop function audit_act_together(uuid, text, timestamptz, json);",
        )
    ]
