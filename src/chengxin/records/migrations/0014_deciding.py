"""Let who decides on a measure read the public record it rests on."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policy."""

    dependencies = [("records", "0013_retention")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0014_deciding.sql").read_text(encoding="utf-8"),
            reverse_sql=migrations.RunSQL.noop,
        )
    ]
