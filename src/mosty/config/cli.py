"""The command ``mosty``: Django's management, with our own commands first."""

import os
import sys

from mosty.kernel.env import BadSetting


def main() -> None:
    """Run one command; exit 2 where the environment cannot be used."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mosty.config.settings")
    arguments = sys.argv.copy()
    if len(arguments) > 1:
        if arguments[1] == "demo":
            # Settings are read once, before the command itself is known.
            os.environ.setdefault("MOSTY_DEMO", "yes")
        # "import-nominations" on the command line is import_nominations.py in Python.
        arguments[1] = (
            arguments[1].replace("-", "_") if arguments[1][0] != "-" else arguments[1]
        )
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(arguments)
    except BadSetting as mistake:
        print(f"mosty: {mistake}", file=sys.stderr)  # noqa: T201 - a command speaks
        sys.exit(2)


if __name__ == "__main__":
    main()
