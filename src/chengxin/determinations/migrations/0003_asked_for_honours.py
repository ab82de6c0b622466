"""Let the platform ask whether a decision about a nominee is under way."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policy."""

    dependencies = [("determinations", "0002_row_security")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0003_asked_for_honours.sql").read_text(encoding="utf-8"),
            reverse_sql="drop policy platform_asks on determinations_determination",
        )
    ]
