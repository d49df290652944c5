"""A worker process for the tests: the real command, with the tests' tasks."""

import sys
from importlib import import_module
from pathlib import Path

import django
from django.core.management import call_command

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    django.setup()
    import_module("outbox_jobs")
    call_command("worker", *sys.argv[1:])
