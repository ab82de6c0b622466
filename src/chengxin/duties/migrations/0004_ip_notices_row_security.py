"""Let platforms file notices of infringed rights, and merchants declare that nothing is infringed."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("duties", "0003_ip_notices")]
    operations = [
        migrations.RunSQL(sql=(SQL / "0004_ip_notices.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop)
    ]
