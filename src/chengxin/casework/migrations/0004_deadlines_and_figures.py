"""Keep the last day of a closed case and whether it was escalated, and give the figures of service their tables."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0003_attempts'),
    ]

    operations = [
        migrations.CreateModel(
            name='OfficerFigure',
            fields=[
                ('id', models.UUIDField(db_comment='UUIDv7.', primary_key=True, serialize=False)),
                ('body', models.CharField(db_comment='Body of the officer.', max_length=40)),
                ('procedure', models.CharField(db_comment='Code of the procedure.', max_length=60)),
                ('actor_key', models.CharField(db_comment='Account of the officer.', max_length=80)),
                ('confirmed', models.IntegerField(db_comment='Proposals decided as proposed in the past year.')),
                ('sent_back', models.IntegerField(db_comment='Proposals sent back in the past year.')),
                ('counted_at', models.DateTimeField(db_comment='Moment of the count.')),
            ],
            options={
                'db_table': 'casework_officer_figure',
                'db_table_comment': 'Confirm rates of officers; for oversight only.',
            },
        ),
        migrations.CreateModel(
            name='OutcomeFigure',
            fields=[
                ('id', models.UUIDField(db_comment='UUIDv7.', primary_key=True, serialize=False)),
                ('procedure', models.CharField(db_comment='Code of the procedure.', max_length=60)),
                ('alike', models.CharField(db_comment="The facts that make cases alike, in the procedure's order.", max_length=200)),
                ('body', models.CharField(db_comment='Body that decided.', max_length=40)),
                ('state', models.CharField(db_comment='Final state.', max_length=40)),
                ('cases', models.IntegerField(db_comment='How many cases ended so.')),
                ('counted_at', models.DateTimeField(db_comment='Moment of the count.')),
            ],
            options={
                'db_table': 'casework_outcome_figure',
                'db_table_comment': 'Results of like cases; no personal data.',
            },
        ),
        migrations.CreateModel(
            name='ServiceFigure',
            fields=[
                ('id', models.UUIDField(db_comment='UUIDv7.', primary_key=True, serialize=False)),
                ('body', models.CharField(db_comment='Body that handles or handled the cases.', max_length=40)),
                ('procedure', models.CharField(db_comment='Code of the procedure.', max_length=60)),
                ('counted_at', models.DateTimeField(db_comment='Moment of the count.')),
                ('since_on', models.DateField(db_comment='First day of the year that is counted.')),
                ('received', models.IntegerField(db_comment='Cases opened in that year.')),
                ('decided', models.IntegerField(db_comment='Cases decided in that year; those taken back are not among them.')),
                ('on_time', models.IntegerField(db_comment='Of those, decided by their last day.')),
                ('overdue', models.IntegerField(db_comment='Cases open past their last day at the count.')),
                ('reviewed', models.IntegerField(db_comment='Decisions of the body on which a review ended in that year.')),
                ('overturned', models.IntegerField(db_comment='Of those, set aside by the review.')),
                ('median_workdays', models.DecimalField(db_comment='Median working days from opening to decision.', decimal_places=1, max_digits=6, null=True)),
            ],
            options={
                'db_table': 'casework_service_figure',
                'db_table_comment': 'Public figures of service; no personal data.',
            },
        ),
        migrations.AddField(
            model_name='case',
            name='closed_due_on',
            field=models.DateField(db_comment='Last day that ran when it ended; null: none ran.', null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='escalated_at',
            field=models.DateTimeField(db_comment='Moment it went to the supervising body as overdue.', null=True),
        ),
        migrations.AddIndex(
            model_name='step',
            index=models.Index(condition=models.Q(('reasons', ''), _negated=True), fields=['actor_key', '-id'], name='casework_step_reasons'),
        ),
        migrations.AddConstraint(
            model_name='officerfigure',
            constraint=models.UniqueConstraint(fields=('body', 'procedure', 'actor_key'), name='casework_officer_figure_one'),
        ),
        migrations.AddConstraint(
            model_name='outcomefigure',
            constraint=models.UniqueConstraint(fields=('procedure', 'alike', 'body', 'state'), name='casework_outcome_figure_one'),
        ),
        migrations.AddConstraint(
            model_name='servicefigure',
            constraint=models.UniqueConstraint(fields=('body', 'procedure'), name='casework_service_figure_one'),
        ),
    ]
