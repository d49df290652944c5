import django.db.models.deletion
from decimal import Decimal
from django.db import migrations, models

from jembol.training import certificate_triggers as triggers


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0001_stored_files'),
        ('papers', '0001_templates'),
        ('places', '0001_areas'),
        ('training', '0004_keep_what_comes_of_a_class'),
    ]

    operations = [
        migrations.CreateModel(
            name='CertificateBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('issued_on', models.DateField()),
                ('frozen', models.JSONField()),
                ('officer_id', models.BigIntegerField(null=True)),
                ('job_id', models.CharField(blank=True, default='', max_length=26)),
                ('at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='papers.papertemplate')),
                ('training_class', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificate_batches', to='training.class')),
            ],
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12, unique=True)),
                ('year', models.PositiveSmallIntegerField()),
                ('number', models.PositiveIntegerField()),
                ('written_number', models.CharField(max_length=120)),
                ('name', models.CharField(max_length=150)),
                ('folded', models.CharField(max_length=150)),
                ('title', models.CharField(max_length=150)),
                ('days', models.PositiveSmallIntegerField()),
                ('minutes', models.PositiveIntegerField(null=True)),
                ('issued_on', models.DateField()),
                ('frozen', models.JSONField()),
                ('digest', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(null=True)),
                ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='training.registration')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='training.certificate')),
                ('template', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='papers.papertemplate')),
                ('training_class', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='training.class')),
                ('batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='training.certificatebatch')),
            ],
        ),
        migrations.CreateModel(
            name='CertificateBundle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('officer_id', models.BigIntegerField(null=True)),
                ('job_id', models.CharField(blank=True, default='', max_length=26)),
                ('count', models.PositiveIntegerField(default=0)),
                ('at', models.DateTimeField()),
                ('archive', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('pdf', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('training_class', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificate_bundles', to='training.class')),
            ],
        ),
        migrations.CreateModel(
            name='CertificateNumbering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(max_length=80)),
                ('code', models.CharField(max_length=30)),
                ('changed_at', models.DateTimeField()),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
            ],
        ),
        migrations.CreateModel(
            name='CertificateRevocation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.CharField(max_length=300)),
                ('officer_id', models.BigIntegerField(null=True)),
                ('at', models.DateTimeField()),
                ('certificate', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='revocation', to='training.certificate')),
            ],
        ),
        migrations.CreateModel(
            name='CertificateRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('least_share', models.DecimalField(decimal_places=2, default=Decimal('0.80'), max_digits=3)),
                ('least_score', models.PositiveSmallIntegerField(null=True)),
                ('changed_at', models.DateTimeField()),
                ('training_class', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='certificate_rule', to='training.class')),
            ],
        ),
        migrations.CreateModel(
            name='CertificateSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('next_number', models.PositiveIntegerField(default=1)),
                ('city', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
            ],
        ),
        migrations.AddConstraint(
            model_name='certificatebatch',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('training_class',), name='one_open_certificate_batch_for_a_class'),
        ),
        migrations.AddIndex(
            model_name='certificate',
            index=models.Index(fields=['training_class', 'number'], name='certificate_by_class'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(fields=('city', 'year', 'number'), name='certificate_number_once'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('registration',), name='one_standing_certificate_for_a_registration'),
        ),
        migrations.AddConstraint(
            model_name='certificate',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='certificate_counts_from_one'),
        ),
        migrations.AddConstraint(
            model_name='certificatenumbering',
            constraint=models.UniqueConstraint(fields=('area',), name='certificate_numbering_once_for_a_city'),
        ),
        migrations.AddConstraint(
            model_name='certificaterule',
            constraint=models.CheckConstraint(condition=models.Q(('least_share__gt', 0), ('least_share__lte', 1)), name='certificate_share_is_a_share'),
        ),
        migrations.AddConstraint(
            model_name='certificaterule',
            constraint=models.CheckConstraint(condition=models.Q(('least_score__isnull', True), ('least_score__lte', 100), _connector='OR'), name='certificate_score_is_of_a_hundred'),
        ),
        migrations.AddConstraint(
            model_name='certificateseries',
            constraint=models.UniqueConstraint(fields=('city', 'year'), name='certificate_series_once_for_a_year'),
        ),
        migrations.AddConstraint(
            model_name='certificateseries',
            constraint=models.CheckConstraint(condition=models.Q(('next_number__gte', 1)), name='certificate_series_counts_from_one'),
        ),
        migrations.RunPython(triggers.install, triggers.remove),
    ]
