"""Let the reasons of an act end with its keeping; every check says again who acts."""

from pathlib import Path

from django.db import migrations, models
from django.db.models import Q

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Add the moment, let the reasons be empty from then on, and say who ends them."""

    dependencies = [("associations", "0002_row_security")]
    operations = [
        migrations.AddField(
            "act",
            "emptied_at",
            models.DateTimeField(null=True, db_comment="Moment its reasons were destroyed; null: kept."),
        ),
        migrations.RemoveConstraint("act", "associations_act_grounded"),
        migrations.AddConstraint(
            "act",
            models.CheckConstraint(
                condition=~Q(article="")
                & (Q(emptied_at__isnull=True) & ~Q(reasons="") | Q(emptied_at__isnull=False, reasons="")),
                name="associations_act_grounded",
            ),
        ),
        migrations.RunSQL(
            sql=(SQL / "0003_acts_end.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        ),
    ]
