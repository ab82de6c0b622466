"""Let what a subject said about a record end with the record."""

from pathlib import Path

from django.db import migrations, models
from django.db.models import Q

SQL = Path(__file__).parent.parent / "sql"
_ONE_FORM = Q(ended_at__isnull=True) & (Q(sealed__isnull=True) ^ Q(text=""))
_ENDED = Q(ended_at__isnull=False, sealed__isnull=True, text="")


class Migration(migrations.Migration):
    """Add the moment, let both forms be empty from then on, and say who ends it."""

    dependencies = [("records", "0017_whole_checks")]
    operations = [
        migrations.AddField(
            model_name="statement",
            name="ended_at",
            field=models.DateTimeField(null=True, db_comment="Moment its words were destroyed with its record."),
        ),
        migrations.RemoveConstraint(model_name="statement", name="records_statement_one_form"),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(condition=_ONE_FORM | _ENDED, name="records_statement_one_form"),
        ),
        migrations.RunSQL(
            sql=(SQL / "0018_statement_ends.sql").read_text(encoding="utf-8"), reverse_sql=migrations.RunSQL.noop
        ),
    ]
