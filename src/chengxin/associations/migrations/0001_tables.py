
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Association',
            fields=[
                ('body', models.CharField(db_comment='Body of the association.', max_length=40, primary_key=True, serialize=False)),
                ('registered_at', models.DateTimeField(db_comment='Moment it was registered.')),
                ('registered_by', models.CharField(db_comment='Who registered it.', max_length=80)),
            ],
            options={
                'db_table': 'associations_association',
                'db_table_comment': 'Registered associations; public.',
            },
        ),
        migrations.CreateModel(
            name='Charter',
            fields=[
                ('id', models.UUIDField(db_comment='UUIDv7.', primary_key=True, serialize=False)),
                ('association', models.CharField(db_comment='Body of the association.', max_length=40)),
                ('version', models.SmallIntegerField(db_comment='From 1.')),
                ('text', models.TextField(db_comment='The whole charter, an article a line.')),
                ('adopted_on', models.DateField(db_comment='Day its members adopted it.')),
                ('filed_at', models.DateTimeField(db_comment='Moment it was filed.')),
                ('filed_by', models.CharField(db_comment='Who filed it.', max_length=80)),
            ],
            options={
                'db_table': 'associations_charter',
                'db_table_comment': 'Charters of associations; public.',
                'constraints': [models.UniqueConstraint(fields=('association', 'version'), name='associations_charter_version')],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.UUIDField(db_comment='UUIDv7.', primary_key=True, serialize=False)),
                ('association', models.CharField(db_comment='Body of the association.', max_length=40)),
                ('subject_id', models.UUIDField(db_comment='Operator that is the member; never a natural person.')),
                ('number', models.CharField(db_comment='Number of the member in its association.', max_length=40)),
                ('name', models.CharField(db_comment='Name of the operator when it joined.', max_length=200)),
                ('joined_on', models.DateField(db_comment='First day.')),
                ('left_on', models.DateField(db_comment='First day on which it is no member.', null=True)),
                ('filed_by', models.CharField(db_comment='Who filed it.', max_length=80)),
            ],
            options={
                'db_table': 'associations_member',
                'db_table_comment': 'Members of associations; no public credit record.',
                'indexes': [models.Index(fields=['subject_id'], name='associations_member_subject')],
                'constraints': [models.UniqueConstraint(fields=('association', 'number'), name='associations_member_number'), models.UniqueConstraint(condition=models.Q(('left_on__isnull', True)), fields=('association', 'subject_id'), name='associations_member_once'), models.CheckConstraint(condition=models.Q(('left_on__isnull', True), ('left_on__gte', models.F('joined_on')), _connector='OR'), name='associations_member_period')],
            },
        ),
        migrations.CreateModel(
            name='Act',
            fields=[
                ('id', models.UUIDField(db_comment='UUIDv7.', primary_key=True, serialize=False)),
                ('number', models.CharField(db_comment='Number for people.', max_length=24, unique=True)),
                ('association', models.CharField(db_comment='Body of the association.', max_length=40)),
                ('subject_id', models.UUIDField(db_comment='Operator that is the member.')),
                ('case_id', models.UUIDField(db_comment='Case it is heard and decided in.')),
                ('kind', models.CharField(db_comment='Code of kinds.yaml.', max_length=20)),
                ('article', models.CharField(db_comment='Article of that charter.', max_length=40)),
                ('reasons', models.CharField(db_comment='Why.', max_length=500)),
                ('proposed_by', models.CharField(db_comment='Account that proposed it.', max_length=80)),
                ('decided_by', models.CharField(db_comment='Account that decided it.', default='', max_length=80)),
                ('decided_on', models.DateField(db_comment='Day it was decided; null: not yet, or dropped.', null=True)),
                ('lifted_on', models.DateField(db_comment='Day it was lifted.', null=True)),
                ('charter', models.ForeignKey(db_comment='Charter it rests on.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.charter')),
                ('member', models.ForeignKey(db_comment='Against whom.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='associations.member')),
            ],
            options={
                'db_table': 'associations_act',
                'db_table_comment': 'Acts of associations against members; no public credit record.',
                'indexes': [models.Index(fields=['association', '-id'], name='associations_act_newest'), models.Index(fields=['subject_id', '-id'], name='associations_act_subject')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('article', ''), _negated=True), models.Q(('reasons', ''), _negated=True)), name='associations_act_grounded'), models.CheckConstraint(condition=models.Q(models.Q(('decided_by', ''), ('decided_on__isnull', True), ('lifted_on__isnull', True)), models.Q(('decided_by__startswith', 'account:'), ('decided_on__isnull', False), models.Q(('decided_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='associations_act_by_two')],
            },
        ),
    ]
