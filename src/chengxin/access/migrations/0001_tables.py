"""Create the tables of the package."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [("database", "0001_guard")]

    operations = [
        # The exclusion constraint on posts compares uuid and varchar with GiST; the extension is a trusted one.
        migrations.RunSQL("create extension if not exists btree_gist with schema vendor", migrations.RunSQL.noop),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.UUIDField(db_comment='UUIDv7; the account is named by it in the log.', primary_key=True, serialize=False)),
                ('username', models.CharField(db_comment='Chosen name; no number of a person.', max_length=60, unique=True)),
                ('password', models.CharField(db_comment='Argon2 digest, or unusable.', max_length=200)),
                ('subject_id', models.UUIDField(db_comment='The adult whose own account this is, if any.', null=True, unique=True)),
                ('is_active', models.BooleanField(db_comment='Whether it may sign in.', default=True)),
                ('last_login', models.DateTimeField(db_comment='Last sign-in.', null=True)),
                ('created_at', models.DateTimeField(db_comment='Moment it was opened.')),
            ],
            options={
                'db_table': 'access_account',
                'db_table_comment': 'Accounts.',
                'constraints': [models.CheckConstraint(condition=models.Q(('username__regex', '^[a-z][a-z0-9._-]{1,59}$')), name='access_account_username')],
            },
        ),
        migrations.CreateModel(
            name='Body',
            fields=[
                ('code', models.CharField(db_comment='Stable code of the body.', max_length=40, primary_key=True, serialize=False)),
                ('name_zh', models.CharField(db_comment='Name in Chinese.', max_length=120)),
                ('name_en', models.CharField(db_comment='Name in English.', max_length=160)),
                ('uscc', models.CharField(db_comment='Unified social credit code, empty if it has none.', max_length=18)),
                ('area', models.CharField(db_comment='Area code prefix; the body may act inside it.', max_length=12)),
                ('level', models.CharField(db_comment='province, city or county.', max_length=10)),
                ('fields_of_work', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), db_comment='Fields of work, as catalogue codes.', size=None)),
                ('is_credit_office', models.BooleanField(db_comment='Whether it leads credit work in its area.', default=False)),
                ('parent', models.ForeignKey(db_comment='Body above it, if any.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.body')),
            ],
            options={
                'db_table': 'access_body',
                'db_table_comment': 'Bodies.',
            },
        ),
        migrations.CreateModel(
            name='ApiClient',
            fields=[
                ('id', models.UUIDField(db_comment='UUIDv7; the client id.', primary_key=True, serialize=False)),
                ('name', models.CharField(db_comment='What the program is.', max_length=120)),
                ('secret_digest', models.BinaryField(db_comment='SHA-256 of the secret.', max_length=32)),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), db_comment='Actions it may ask for.', size=None)),
                ('is_active', models.BooleanField(db_comment='Whether it is served.', default=True)),
                ('rate_per_minute', models.IntegerField(db_comment='Requests it may make in one minute.')),
                ('created_at', models.DateTimeField(db_comment='Moment of registration.')),
                ('body', models.ForeignKey(db_comment='Body that answers for it.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.body')),
            ],
            options={
                'db_table': 'access_api_client',
                'db_table_comment': 'Registered programs.',
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.UUIDField(db_comment='UUIDv7.', primary_key=True, serialize=False)),
                ('role', models.CharField(db_comment='What the holder may be trusted with.', max_length=20)),
                ('starts_on', models.DateField(db_comment='First day.')),
                ('ends_on', models.DateField(db_comment='First day on which it is over; null: open.', null=True)),
                ('given_by', models.CharField(db_comment='Account or process that gave it.', max_length=80)),
                ('account', models.ForeignKey(db_comment='Who holds it.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('body', models.ForeignKey(db_comment='For which body.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.body')),
            ],
            options={
                'db_table': 'access_post',
                'db_table_comment': 'Posts.',
            },
        ),
        migrations.CreateModel(
            name='SourceRight',
            fields=[
                ('id', models.UUIDField(db_comment='UUIDv7.', primary_key=True, serialize=False)),
                ('item_code', models.CharField(db_comment='Catalogue item.', max_length=80)),
                ('starts_on', models.DateField(db_comment='First day.')),
                ('ends_on', models.DateField(db_comment='First day on which it is over; null: open.', null=True)),
                ('body', models.ForeignKey(db_comment='Source body.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.body')),
            ],
            options={
                'db_table': 'access_source_right',
                'db_table_comment': 'Which body may file which catalogue item.',
            },
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.CheckConstraint(condition=models.Q(('level__in', ['province', 'city', 'county'])), name='access_body_level'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.CheckConstraint(condition=models.Q(('area__regex', '^[0-9]{2,12}$')), name='access_body_area'),
        ),
        migrations.AddConstraint(
            model_name='apiclient',
            constraint=models.CheckConstraint(condition=models.Q(('rate_per_minute__gt', 0)), name='access_api_client_rate'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['clerk', 'approver', 'case_officer', 'system_admin', 'security_admin', 'audit_admin'])), name='access_post_role'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='access_post_period'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('role__in', ['system_admin', 'security_admin', 'audit_admin'])), expressions=[('account', '='), ('role', '<>'), (models.Func('starts_on', 'ends_on', function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='access_post_separated_admins'),
        ),
        migrations.AddConstraint(
            model_name='sourceright',
            constraint=models.UniqueConstraint(fields=('body', 'item_code', 'starts_on'), name='access_source_right_once'),
        ),
        migrations.AddConstraint(
            model_name='sourceright',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='access_source_right_period'),
        ),
    ]
