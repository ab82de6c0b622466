"""Keep who checked a place on site; let a nominee give an honour up, and let nobody else be the one who visits."""

from pathlib import Path

from django.db import migrations, models
from django.db.models import Q

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Add the columns of a visit and the constraints."""

    dependencies = [("honours", "0005_nominations_end"), ("records", "0019_given_up")]
    operations = [
        migrations.AddField(
            "nomination",
            "visited_on",
            models.DateField(null=True, db_comment="Day an officer checked the place on site and found it fit."),
        ),
        migrations.AddField(
            "nomination",
            "visited_by",
            models.CharField(max_length=80, default="", db_comment="Account of who was there."),
        ),
        migrations.AddConstraint(
            "nomination",
            models.CheckConstraint(
                condition=Q(visited_on__isnull=True, visited_by="")
                | Q(visited_on__isnull=False, visited_by__startswith="account:", is_person=False),
                name="honours_visited_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            "nomination",
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(shown_name="", shown_story=""), name="honours_closed_unnamed"
            ),
        ),
        migrations.RunSQL(
            sql=(SQL / "0006_visit_and_giving_up.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        ),
    ]
