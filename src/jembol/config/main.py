"""The `jembol` command."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one command; `jembol verify-journal` is the module `verify_journal`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jembol.config.settings")
    words = sys.argv[:]
    if len(words) > 1:
        words[1] = words[1].replace("-", "_")
    execute_from_command_line(words)


if __name__ == "__main__":
    main()
