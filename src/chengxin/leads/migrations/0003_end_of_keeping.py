"""Let what was found, said and who is behind it end."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('leads', '0002_row_security'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='answer',
            name='leads_answer_says_something',
        ),
        migrations.RemoveConstraint(
            model_name='finding',
            name='leads_finding_whole',
        ),
        migrations.AddField(
            model_name='answer',
            name='destroyed_at',
            field=models.DateTimeField(db_comment='Moment the explanation was destroyed.', null=True),
        ),
        migrations.AddField(
            model_name='finding',
            name='destroyed_at',
            field=models.DateTimeField(db_comment='Moment its rows and values were destroyed.', null=True),
        ),
        migrations.AddField(
            model_name='lead',
            name='destroyed_at',
            field=models.DateTimeField(db_comment='Moment its evidence was destroyed; its steps stay.', null=True),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('destroyed_at__isnull', False), models.Q(('text', ''), _negated=True), _connector='OR'), name='leads_answer_says_something'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(('destroyed_at__isnull', False), models.Q(models.Q(('rows', []), _negated=True), models.Q(('values', {}), _negated=True), models.Q(('model', ''), _negated=True), models.Q(('clears', ['', '']), _negated=True), models.Q(('says', ['', '']), _negated=True)), _connector='OR'), name='leads_finding_whole'),
        ),
    ]
