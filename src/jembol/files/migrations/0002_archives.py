
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0001_stored_files'),
    ]

    operations = [
        migrations.AlterField(
            model_name='storedfile',
            name='media_type',
            field=models.CharField(choices=[('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'XLSX workbook'), ('application/vnd.ms-excel', 'XLS workbook'), ('application/vnd.oasis.opendocument.spreadsheet', 'ODS workbook'), ('text/csv', 'CSV or plain text'), ('application/pdf', 'PDF document'), ('image/png', 'PNG picture'), ('image/jpeg', 'JPEG picture'), ('image/webp', 'WEBP picture'), ('application/zip', 'ZIP archive')], max_length=100),
        ),
    ]
