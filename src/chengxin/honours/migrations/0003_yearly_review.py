"""Let the platform read the honours that stand, to open their yearly reviews."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policy."""

    dependencies = [("honours", "0002_row_security")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0003_yearly_review.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
