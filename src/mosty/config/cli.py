"""The command ``mosty``: Django's management, with our own commands first."""

import os
import sys

from mosty.kernel.env import BadSetting


def main() -> None:
    """Run one command; exit 2 where the environment cannot be used."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mosty.config.settings")
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except BadSetting as mistake:
        print(f"mosty: {mistake}", file=sys.stderr)  # noqa: T201 - a command speaks
        sys.exit(2)


if __name__ == "__main__":
    main()
