"""Install the peer, fill it, and say how it is served."""

import os
import shutil
from pathlib import Path

from bench import venvs
from bench.database import Server
from bench.places import BENCH, VAR
from bench.processes import NotStarted, call

HOME = VAR / "peer"
PYTHON = HOME / "venv" / "bin" / "python"
REQUIREMENTS = BENCH / "peer" / "requirements-peer.txt"
# What it asks for; Mosty itself works with older ones.
NEEDS = (3, 13)
CONFIG = """\
[filesystem]
data={home}/data
static={home}/data/static
[site]
url=http://127.0.0.1:{port}
debug=false
[database]
backend=postgresql
name=pretalx
user=postgres
host={host}
"""


def set_up(server: Server, port: int, python: str | None) -> None:
    """
    Install what is missing, bring it to 10,000 proposals, and configure it for ``port``.

    ``python`` names an interpreter where none is found.

    :raises NotStarted: if there is no Python that the peer runs on.
    """
    (HOME / "data").mkdir(parents=True, exist_ok=True)
    venvs.python_of(HOME, REQUIREMENTS, lambda: python or _python())
    (HOME / "pretalx.cfg").write_text(
        CONFIG.format(home=HOME, port=port, host=server.host), encoding="utf-8"
    )
    if not server.exists("pretalx"):
        server.create("pretalx")
    _manage("migrate", "-v0")
    if not (HOME / "data" / "static" / "staticfiles.json").exists():
        _manage("collectstatic", "--noinput", "-v0")
        # Its package brings this part built; its own command would build it again.
        for built in HOME.glob("venv/lib/*/site-packages/pretalx/frontend/*/dist"):
            shutil.copytree(built, HOME / "data" / "static", dirs_exist_ok=True)
    fill = (BENCH / "peer" / "fill.py").read_text(encoding="utf-8")
    _manage("shell", "--unsafe-disable-scopes", "-c", fill)
    server.settle("pretalx")


def environment() -> dict[str, str]:
    """Return the environment in which the peer runs."""
    return {
        "PRETALX_CONFIG_FILE": str(HOME / "pretalx.cfg"),
        "PYTHONPATH": str(BENCH / "peer"),
        "DJANGO_SETTINGS_MODULE": "peer_settings",
    }


def command(port: int, workers: int) -> list[str | Path]:
    """Return how it is served: with gunicorn, as its documentation advises."""
    return [
        HOME / "venv" / "bin" / "gunicorn",
        *("--workers", str(workers), "--bind", f"127.0.0.1:{port}"),
        "--no-control-socket",
        "pretalx.wsgi",
    ]


def version() -> str:
    """Return the version that is measured, and what it runs on."""
    pins = dict(
        line.split("==") for line in REQUIREMENTS.read_text(encoding="utf-8").split()
    )
    return f"{pins['pretalx']} (Django {pins['Django']}, gunicorn {pins['gunicorn']})"


def _manage(*arguments: str) -> None:
    call([PYTHON, "-m", "pretalx", *arguments], environment())


def _python() -> str:
    """Return an interpreter that is new enough: of this machine, or of its pyenv."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    for name in (
        *(f"python{NEEDS[0]}.{minor}" for minor in (NEEDS[1], NEEDS[1] + 1)),
        *sorted(map(str, pyenv.glob("versions/*/bin/python3"))),
    ):
        found = shutil.which(name)
        if found and _is_new_enough(found):
            return found
    raise NotStarted(
        f"pretalx needs Python {NEEDS[0]}.{NEEDS[1]}. Name one with --peer-python, or "
        "measure --without-peer."
    )


def _is_new_enough(python: str) -> bool:
    try:
        call([python, "-c", f"import sys, venv; sys.exit(sys.version_info < {NEEDS})"])
    except NotStarted:
        return False
    return True
