"""Create the tables of objections."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.UUIDField(db_comment='UUIDv7.', primary_key=True, serialize=False)),
                ('case_id', models.UUIDField(db_comment='Case of the objection.')),
                ('record_id', models.UUIDField(db_comment='Record to be corrected.')),
                ('version', models.SmallIntegerField(db_comment='Version that is to be superseded.')),
                ('batch_id', models.UUIDField(db_comment='Batch with the corrected line.')),
                ('body', models.CharField(db_comment='Body that proposes it.', max_length=40)),
                ('proposed_by', models.CharField(db_comment='Who proposes it.', max_length=80)),
                ('at', models.DateTimeField(db_comment='When.')),
                ('dropped_at', models.DateTimeField(db_comment='Moment it was sent back; null: it stands.', null=True)),
            ],
            options={
                'db_table': 'objections_correction',
                'db_table_comment': 'Corrections proposed in objections; no personal data.',
                'constraints': [models.UniqueConstraint(condition=models.Q(('dropped_at__isnull', True)), fields=('case_id',), name='objections_correction_one')],
            },
        ),
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('case_id', models.UUIDField(db_comment='Case it opened.', primary_key=True, serialize=False)),
                ('origin_id', models.UUIDField(db_comment='Case of the first objection; of itself where it is that.')),
                ('subject_id', models.UUIDField(db_comment='[personal] Subject who objects.')),
                ('record_id', models.UUIDField(db_comment='Record objected to.')),
                ('sealed', models.BinaryField(db_comment="[personal] A person's words under the subject's data key.", null=True)),
                ('text', models.TextField(db_comment="[personal] An operator's words; empty for a person.", default='')),
                ('written_at', models.DateTimeField(db_comment='Moment of writing.')),
                ('mark_id', models.UUIDField(db_comment='Mark set on the record for it.')),
                ('mark_lifted_at', models.DateTimeField(db_comment='Moment that mark was lifted; null: it stands.', null=True)),
                ('review_until', models.DateField(db_comment='Last day to ask for a review; null: not decided yet.', null=True)),
                ('review_case_id', models.UUIDField(db_comment='Case of the review, once it was asked for.', null=True)),
            ],
            options={
                'db_table': 'objections_objection',
                'db_table_comment': '[personal] What subjects said in objections.',
                'indexes': [models.Index(fields=['subject_id', 'record_id'], name='objections_objection_record'), models.Index(condition=models.Q(('mark_lifted_at__isnull', True), ('review_case_id__isnull', True)), fields=['review_until'], name='objections_objection_window')],
                'constraints': [models.CheckConstraint(condition=models.Q(('sealed__isnull', True), ('text', ''), _connector='XOR'), name='objections_objection_one_form')],
            },
        ),
    ]
