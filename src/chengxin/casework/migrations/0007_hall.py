"""Let a step name the hall at whose counter it was filled in."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Add the hall; only who acts for a party stands at its counter."""

    dependencies = [("casework", "0006_step_by_representative")]
    operations = [
        migrations.AddField(
            model_name="step",
            name="hall",
            field=models.CharField(
                max_length=40,
                default="",
                db_default="",
                db_comment="Body at whose counter it was filled in (窗口代填); empty: at none.",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=Q(hall="") | Q(is_by_representative=True, actor_body=""), name="casework_step_hall"
            ),
        ),
    ]
