"""Let guardians and next of kin act by law, on the papers that two officers saw."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("representation", "0003_by_law"), ("casework", "0006_step_by_representative")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0004_by_law.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
