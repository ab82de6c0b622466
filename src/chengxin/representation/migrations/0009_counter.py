"""Let a hall clerk fill in applications for a person who stands before them, for an hour."""

from pathlib import Path

from django.db import migrations, models
from django.db.models import Q

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Know the ground; let it hold for an hour, and its person end it."""

    dependencies = [("representation", "0008_whole_checks")]
    operations = [
        migrations.RemoveConstraint(model_name="mandate", name="representation_mandate_ground"),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=Q(ground__in=["mandate", "guardian", "next_of_kin", "counter"]),
                name="representation_mandate_ground",
            ),
        ),
        migrations.RunSQL(
            sql=(SQL / "0009_counter.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        ),
    ]
