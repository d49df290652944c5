import django.db.models.deletion
from django.db import migrations, models

from jembol.papers import triggers


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('places', '0001_areas'),
    ]

    operations = [
        migrations.CreateModel(
            name='Letterhead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('government', models.CharField(max_length=150)),
                ('office', models.CharField(max_length=200)),
                ('address', models.CharField(blank=True, default='', max_length=300)),
                ('contact', models.CharField(blank=True, default='', max_length=200)),
                ('place', models.CharField(max_length=60)),
                ('signatory_title', models.CharField(blank=True, default='', max_length=200)),
                ('signatory_name', models.CharField(blank=True, default='', max_length=150)),
                ('signatory_rank', models.CharField(blank=True, default='', max_length=100)),
                ('signatory_nip', models.CharField(blank=True, default='', max_length=30)),
                ('changed_at', models.DateTimeField()),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('area',), name='letterhead_once_for_a_city')],
            },
        ),
        migrations.CreateModel(
            name='PaperTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('version', models.PositiveIntegerField()),
                ('text', models.TextField()),
                ('shared', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('is_default', models.BooleanField()),
                ('officer_id', models.BigIntegerField(null=True)),
                ('active_from', models.DateTimeField()),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.area')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('area', 'kind', 'version'), name='paper_template_version_once'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='paper_template_counts_from_one')],
            },
        ),
        migrations.RunPython(triggers.install, triggers.remove),
    ]
