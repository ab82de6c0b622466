"""Let a measure on a responsible person end because that person was repaired alone."""

from django.db import migrations, models
from django.db.models import Q

REASONS = ["term", "basis_ended", "lifted", "role_ended", "repaired"]


class Migration(migrations.Migration):
    """Widen the check of why a measure ended."""

    dependencies = [("measures", "0003_whole_checks")]
    operations = [
        migrations.RemoveConstraint(model_name="applied", name="measures_ended_with_reason"),
        migrations.AddConstraint(
            model_name="applied",
            constraint=models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_because="")
                | Q(ended_at__isnull=False, ended_because__in=REASONS),
                name="measures_ended_with_reason",
            ),
        ),
    ]
