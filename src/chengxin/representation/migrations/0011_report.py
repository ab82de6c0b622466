"""Let a representative have a copy of the report, where the scope says so; each ground holds what it may."""

from pathlib import Path

from django.db import migrations, models
from django.db.models import Q

SQL = Path(__file__).parent.parent / "sql"


class Migration(migrations.Migration):
    """Keep withheld looks from who acts for a person, then open reports; refuse a scope its ground does not hold."""

    dependencies = [
        ("representation", "0010_repair"),
        ("looks", "0005_whole_checks"),
        ("archives", "0011_filing"),
    ]
    operations = [
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=~Q(ground="counter", scopes__contains=["report"])
                & ~Q(ground="next_of_kin", scopes__contains=["repair"]),
                name="representation_mandate_fits",
            ),
        ),
        migrations.RunSQL(
            sql=(SQL / "0011_report.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        ),
    ]
