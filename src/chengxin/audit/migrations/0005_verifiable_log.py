"""Create the verifiable log: queue, leaves, tiles, checkpoints, and the salt beside each event."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0004_counter_row_security'),
    ]

    operations = [
        migrations.CreateModel(
            name='Leaf',
            fields=[
                ('pk', models.CompositePrimaryKey('tree', 'index', blank=True, editable=False, primary_key=True, serialize=False)),
                ('tree', models.CharField(db_comment='Tree of the log.', max_length=10)),
                ('index', models.BigIntegerField(db_comment='Place in the tree, from 0.')),
                ('event_id', models.UUIDField(db_comment='UUIDv7 of the event or heartbeat.', unique=True)),
                ('entry', models.BinaryField(db_comment='Header and commitment, the bytes that were hashed.')),
            ],
            options={
                'db_table': 'audit_leaf',
                'db_table_comment': 'Leaves of the log; they name nobody and are never changed.',
            },
        ),
        migrations.CreateModel(
            name='Queued',
            fields=[
                ('pk', models.CompositePrimaryKey('queued_at', 'event_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('queued_at', models.DateTimeField(db_comment='When it was put, by the clock of the database.')),
                ('event_id', models.UUIDField(db_comment='UUIDv7 of the event or heartbeat.')),
                ('tree', models.CharField(db_comment='Tree of the log it goes to.', max_length=10)),
                ('writer_id', models.UUIDField(db_comment='Session that wrote it.')),
                ('counter', models.BigIntegerField(db_comment='Place among the events of its writer.')),
                ('at', models.DateTimeField(db_comment='Moment of the act.')),
                ('kind', models.CharField(db_comment='What happened, or heartbeat.', max_length=20)),
                ('digest', models.BinaryField(db_comment='Salted commitment to the content; of a heartbeat the running hash.')),
                ('signature', models.BinaryField(db_comment='Signature of a heartbeat; empty for an event.')),
            ],
            options={
                'db_table': 'audit_queue',
                'db_table_comment': 'Entries committed with their acts and not yet in the log; the sequencer empties it.',
            },
        ),
        migrations.CreateModel(
            name='Tile',
            fields=[
                ('pk', models.CompositePrimaryKey('tree', 'level', 'index', blank=True, editable=False, primary_key=True, serialize=False)),
                ('tree', models.CharField(db_comment='Tree of the log.', max_length=10)),
                ('level', models.SmallIntegerField(db_comment='0 for leaves; each level above covers 256 times as many.')),
                ('index', models.BigIntegerField(db_comment='Place among the tiles of its level.')),
                ('hashes', models.BinaryField(db_comment='Up to 256 hashes of 32 bytes.')),
            ],
            options={
                'db_table': 'audit_tile',
                'db_table_comment': "Hashes of the log's trees, public.",
            },
        ),
        migrations.AddField(
            model_name='event',
            name='salt',
            field=models.BinaryField(db_comment='Opens the commitment in the log; destroyed with the content. Null before the log.', null=True),
        ),
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('pk', models.CompositePrimaryKey('tree', 'size', blank=True, editable=False, primary_key=True, serialize=False)),
                ('tree', models.CharField(db_comment='Tree of the log.', max_length=10)),
                ('size', models.BigIntegerField(db_comment='Number of leaves.')),
                ('root', models.BinaryField(db_comment='Root of the tree of that size.')),
                ('hash_name', models.CharField(db_comment='The one hash of this tree: sha256 or sm3.', max_length=10)),
                ('note', models.TextField(db_comment='The signed note (C2SP tlog-checkpoint), public.')),
                ('at', models.DateTimeField(db_comment='When it was signed, by the clock of the database.')),
            ],
            options={
                'db_table': 'audit_checkpoint',
                'db_table_comment': 'Signed checkpoints of the log, public.',
                'indexes': [models.Index(fields=['at'], name='audit_checkpoint_at')],
            },
        ),
        # Hashes do not compress; a tile is stored as it is.
        migrations.RunSQL("alter table audit_tile alter column hashes set storage external", migrations.RunSQL.noop),
    ]
