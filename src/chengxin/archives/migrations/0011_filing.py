"""Let a hall clerk who identified a person fill in applications for them."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policy."""

    dependencies = [("archives", "0010_whole_checks"), ("representation", "0009_counter")]
    operations = [
        migrations.RunSQL(sql=(SQL / "0011_filing.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop)
    ]
