"""Create the tables of the package."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.UUIDField(db_comment='UUIDv7.', primary_key=True, serialize=False)),
                ('number', models.CharField(db_comment='Number for people (编号).', max_length=40, unique=True)),
                ('procedure', models.CharField(db_comment='Code of the procedure.', max_length=60)),
                ('procedure_version', models.SmallIntegerField(db_comment='Version of the declaration the case follows.')),
                ('state', models.CharField(db_comment='State it is in; what its last step led to.', max_length=40)),
                ('is_closed', models.BooleanField(db_comment='Whether that state is final.', default=False)),
                ('ref_kind', models.CharField(db_comment='Kind of thing the case is about, such as batch or record.', max_length=40)),
                ('ref_id', models.CharField(db_comment='Its identifier in the package that owns it.', max_length=80)),
                ('subject_id', models.UUIDField(db_comment='[personal] Credit subject concerned, if one.', null=True)),
                ('body', models.CharField(db_comment='Body that handles it now.', max_length=40)),
                ('parties', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), db_comment="Bodies that may see it: the opener's and every handler's.", size=None)),
                ('facts', models.JSONField(db_comment='Facts it was opened with: codes, counts, days; nothing of a person.')),
                ('opened_by', models.CharField(db_comment='Account or process that opened it.', max_length=80)),
                ('opened_at', models.DateTimeField(db_comment='Moment of opening.')),
                ('proposed_by', models.CharField(db_comment='Who made the proposal that is to be decided.', max_length=80)),
                ('due_on', models.DateField(db_comment='Last day of the nearest running clock; null: none runs.', null=True)),
                ('due_key', models.CharField(db_comment='Law key of that clock.', max_length=80)),
                ('due_provisional', models.BooleanField(db_comment='Whether that day is not yet certain (暂定).', default=False)),
                ('assigned_to', models.CharField(db_comment='Account that has it in hand; empty: nobody.', max_length=80)),
                ('assigned_at', models.DateTimeField(db_comment='Moment it was taken in hand.', null=True)),
                ('released_at', models.DateTimeField(db_comment='Moment it was last given back to the inbox.', null=True)),
                ('closed_at', models.DateTimeField(db_comment='Moment it ended.', null=True)),
                ('step_count', models.IntegerField(db_comment='Steps so far; a verb is taken against this count.', default=0)),
            ],
            options={
                'db_table': 'casework_case',
                'db_table_comment': '[personal] Cases.',
                'indexes': [models.Index(models.F('body'), models.OrderBy(models.F('due_on'), nulls_last=True), models.F('id'), condition=models.Q(('is_closed', False)), name='casework_case_inbox'), models.Index(fields=['ref_kind', 'ref_id'], name='casework_case_ref'), models.Index(condition=models.Q(('subject_id__isnull', False)), fields=['subject_id', '-id'], name='casework_case_subject'), django.contrib.postgres.indexes.GinIndex(fields=['parties'], name='casework_case_parties')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('is_closed', True)), models.Q(('closed_at__isnull', True), ('is_closed', False)), _connector='OR'), name='casework_case_closed'), models.CheckConstraint(condition=models.Q(('body', ''), _negated=True), name='casework_case_body')],
            },
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.UUIDField(db_comment='UUIDv7.', primary_key=True, serialize=False)),
                ('digest', models.CharField(db_comment='SHA-256 of the paper.', max_length=64)),
                ('actor_key', models.CharField(db_comment='Who opened it.', max_length=80)),
                ('at', models.DateTimeField(db_comment='When.')),
                ('case', models.ForeignKey(db_comment='Case.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
            ],
            options={
                'db_table': 'casework_opening',
                'db_table_comment': '[personal] Papers opened in a case, by whom; append-only.',
                'indexes': [models.Index(fields=['case', 'actor_key'], name='casework_opening_case')],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.UUIDField(db_comment='UUIDv7.', primary_key=True, serialize=False)),
                ('place', models.IntegerField(db_comment='Place in the case, from 1, without gaps.')),
                ('verb', models.CharField(db_comment='What was done.', max_length=40)),
                ('actor_key', models.CharField(db_comment='Who did it.', max_length=80)),
                ('actor_body', models.CharField(db_comment='For which body.', max_length=40)),
                ('at', models.DateTimeField(db_comment='When.')),
                ('from_state', models.CharField(db_comment='State before; empty for the opening.', max_length=40)),
                ('to_state', models.CharField(db_comment='State after.', max_length=40)),
                ('reasons', models.TextField(db_comment='[personal] Own reasons, in words for the subject.')),
                ('evidence', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), db_comment='SHA-256 of the papers handed in with it.', size=None)),
                ('note', models.TextField(db_comment='[personal] Word to colleagues; never shown to the subject.')),
                ('is_adverse', models.BooleanField(db_comment='Whether it goes against the subject.')),
                ('is_by_person', models.BooleanField(db_comment='Whether a named member of staff or citizen did it.')),
                ('proposed_by', models.CharField(db_comment='Who had proposed what it decides; empty: nobody.', max_length=80)),
                ('case', models.ForeignKey(db_comment='Case.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
            ],
            options={
                'db_table': 'casework_step',
                'db_table_comment': '[personal] Steps of cases; append-only.',
                'constraints': [models.UniqueConstraint(fields=('case', 'place'), name='casework_step_place'), models.CheckConstraint(condition=models.Q(('is_adverse', False), models.Q(('actor_key__startswith', 'account:'), ('is_by_person', True), models.Q(('proposed_by', ''), _negated=True), models.Q(('proposed_by', models.F('actor_key')), _negated=True), ('reasons__regex', '\\S')), _connector='OR'), name='casework_step_adverse_by_another_person')],
            },
        ),
    ]
