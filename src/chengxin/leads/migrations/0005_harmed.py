"""Tell leads whose shop is who suffers, and let none of them begin a determination about it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('leads', '0004_retention'),
    ]

    operations = [
        migrations.AddField(
            model_name='lead',
            name='is_harmed',
            field=models.BooleanField(db_comment='The shop is who suffers.', db_default=False, default=False),
        ),
        migrations.AddConstraint(
            model_name='lead',
            constraint=models.CheckConstraint(condition=models.Q(('is_harmed', False), ('determination_id__isnull', True), _connector='OR'), name='leads_lead_harmed_is_not_judged'),
        ),
    ]
