"""Let a platform file how a parcel was rated, everybody read the sums, and nobody change a rating."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Run the SQL of the policies."""

    dependencies = [("reviews", "0007_parcel_ratings")]
    operations = [
        migrations.RunSQL(
            sql=(SQL / "0008_parcel_ratings.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        )
    ]
