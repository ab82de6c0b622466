"""Create the tables of the package."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(db_comment='UUIDv7.', primary_key=True, serialize=False)),
                ('subject_id', models.UUIDField(db_comment='[personal] Subject it is served on, if a subject.', null=True)),
                ('body', models.CharField(db_comment='Body it is served on, if a body.', max_length=40)),
                ('sender_body', models.CharField(db_comment='Body that speaks; empty: the platform.', max_length=40)),
                ('kind', models.CharField(db_comment='What it is about, such as batch_approved.', max_length=40)),
                ('text_code', models.CharField(db_comment='Text to read, by its code.', max_length=60)),
                ('parameters', models.JSONField(db_comment='Values for the text: numbers, days, item names; nothing of a person.')),
                ('reference', models.CharField(db_comment='Case or document number it belongs to.', max_length=80)),
                ('channel', models.CharField(db_comment='inbox, sms, letter or in_person.', max_length=12)),
                ('served_at', models.DateTimeField(db_comment='Moment it was served.')),
                ('proof', models.CharField(db_comment='Proof of service: digest of the receipt, or of the notice.', max_length=128)),
                ('read_at', models.DateTimeField(db_comment='Moment it was first opened.', null=True)),
            ],
            options={
                'db_table': 'notices_notice',
                'db_table_comment': '[personal] Notices and proof of their service.',
                'indexes': [models.Index(condition=models.Q(('subject_id__isnull', False)), fields=['subject_id', '-id'], name='notices_notice_subject'), models.Index(condition=models.Q(('body', ''), _negated=True), fields=['body', '-id'], name='notices_notice_body')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('subject_id__isnull', True), models.Q(('body', ''), _negated=True)), models.Q(('subject_id__isnull', False), ('body', '')), _connector='OR'), name='notices_notice_one_addressee'), models.CheckConstraint(condition=models.Q(('channel__in', ['inbox', 'sms', 'letter', 'in_person'])), name='notices_notice_channel'), models.CheckConstraint(condition=models.Q(('proof', ''), _negated=True), name='notices_notice_proof')],
            },
        ),
    ]
