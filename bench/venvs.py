"""A peer's own Python with its own packages, so that it meets none of ours."""

import shutil
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from bench.processes import call


def python_of(
    home: Path, requirements: Path, found_by: Callable[[], str] = lambda: sys.executable
) -> Path:
    """
    Return the interpreter that has ``requirements``, installed in ``home`` unless it is.

    ``found_by`` says which Python, if it has to be.

    :raises NotStarted: if they cannot be installed.
    """
    found = home / "venv" / "bin" / "python"
    home.mkdir(parents=True, exist_ok=True)
    installed = home / "installed"
    wanted = sha256(requirements.read_bytes()).hexdigest()
    if not installed.exists() or installed.read_text() != wanted:
        shutil.rmtree(home / "venv", ignore_errors=True)
        call([found_by(), "-m", "venv", home / "venv"])
        call([found, "-m", "pip", "install", "--quiet", "-r", requirements])
        installed.write_text(wanted)
    return found
