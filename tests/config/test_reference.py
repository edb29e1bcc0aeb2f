"""The reference of commands and settings is made from lists, which are whole."""

import re

from django.core.management import get_commands

from mosty.config.cli import COMMANDS
from mosty.config.settings import ENVIRONMENT
from tests.structure import SOURCE

OURS = {
    name.replace("_", "-")
    for name, app in get_commands().items()
    if str(app).startswith("mosty.")
}
# Django's own, and the engines', which need neither settings nor database.
BESIDES = {"migrate", "select", "verify", "explain", "mix", "protect", "audit"}


def test_every_command_is_documented():
    assert set(COMMANDS) == OURS | BESIDES


def test_every_setting_is_documented():
    text = (SOURCE / "config" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r"env\.\w+\(\s*\"(\w+)\"", text))
    assert set(ENVIRONMENT) == read | {"DATABASE_URL"}


def test_settings_alone_read_the_environment():
    reading = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if path.relative_to(SOURCE).parts[0] != "config"
        and re.search(r"os\.(environ|getenv)", path.read_text(encoding="utf-8"))
    }
    assert reading == {"kernel/env.py"}
