"""How a command begins."""

import sys
from collections.abc import Sequence

import pytest

from mosty.config import cli

HEAPS = "MALLOC_ARENA_MAX"
THREADS = "OPENBLAS_NUM_THREADS"


class BegunAnew(Exception):
    """Instead of another program in this process."""


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[str]]:
    """Return what a process began anew as."""
    found: list[Sequence[str]] = []

    def begin(program: str, words: Sequence[str]) -> None:
        found.append([program, *words])
        raise BegunAnew

    monkeypatch.setattr("os.execv", begin)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys, "orig_argv", ["python3", "-W", "ignore", "mosty", "serve"])
    return found


@pytest.mark.parametrize("name", ("serve", "worker", "demo"))
def test_what_has_many_threads_begins_with_one_heap(monkeypatch, begun, name):
    monkeypatch.delenv(HEAPS, raising=False)
    monkeypatch.setattr(sys, "argv", ["mosty", name])
    with pytest.raises(BegunAnew):
        cli.main()
    words = ["-W", "ignore", "mosty", "serve"]
    assert begun == [[sys.executable, sys.executable, *words]]
    assert cli.os.environ[HEAPS] == "1"


@pytest.mark.parametrize(
    ("name", "heaps"), (("serve", "4"), ("serve", "1"), ("--help", None))
)
def test_what_was_told_how_many_or_is_soon_over_goes_on(
    monkeypatch, begun, name, heaps
):
    monkeypatch.setattr(cli, "_manage", lambda *_given: None)
    if heaps is None:
        monkeypatch.delenv(HEAPS, raising=False)
    else:
        monkeypatch.setenv(HEAPS, heaps)
    monkeypatch.setattr(sys, "argv", ["mosty", name])
    cli.main()
    assert begun == []
    assert cli.os.environ.get(HEAPS) == heaps


@pytest.mark.parametrize(("said", "threads"), ((None, "1"), ("4", "4")))
def test_small_matrices_are_not_shared_out_unless_told(monkeypatch, said, threads):
    # Set first, so that what the command sets goes with the test.
    monkeypatch.setenv(THREADS, said or "")
    if said is None:
        monkeypatch.delenv(THREADS)
    monkeypatch.setattr(sys, "argv", ["mosty", "--help"])
    cli.main()
    assert cli.os.environ[THREADS] == threads
