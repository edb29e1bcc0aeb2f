"""Programs that are measured: started, waited for, asked for their memory, ended by id."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.client import Browser
from bench.places import ROOT, VAR

START_WITHIN = 90
END_WITHIN = 20


class NotStarted(Exception):
    """A program did not do what was expected; the text says where its words are."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What one program took from start to end."""

    seconds: float
    # Of the program itself, without the database.
    cpu: float
    mb: float
    code: int
    output: str


@dataclass(frozen=True, slots=True)
class Running:
    """A web server: its process and its port."""

    pid: int
    port: int

    def peak_mb(self) -> float:
        """Return the most memory that its processes ever held, added up."""
        return sum(peak_mb_of(pid) for pid in _family(self.pid))


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def call(
    command: Sequence[str | Path],
    env: Mapping[str, str] | None = None,
    typed: str = "",
) -> str:
    """
    Run a program to its end, with ``typed`` as its input, and return what it printed.

    :raises NotStarted: if it fails, with its last words.
    """
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        words = (done.stderr or done.stdout)[-2000:]
        raise NotStarted(f"{' '.join(map(str, command))}\n{words}")
    return done.stdout


def spend(command: Sequence[str | Path], env: Mapping[str, str]) -> Spent:
    """Run a program to its end and return its time and peak memory."""
    log = VAR / "spent.log"
    with log.open("wb") as out:
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=ROOT,
            env={**os.environ, **env},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        _pid, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    return Spent(
        seconds,
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss * 1024 / 1e6,
        process.returncode,
        log.read_text(encoding="utf-8", errors="replace"),
    )


@contextmanager
def served(
    name: str, command: Sequence[str | Path], port: int, env: Mapping[str, str]
) -> Iterator[Running]:
    """
    Run a web server for as long as the block lasts.

    :raises NotStarted: if it does not answer in time.
    """
    log = VAR / f"{name}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=ROOT,
            env={**os.environ, **env},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        _await(name, process, port, log)
        yield Running(process.pid, port)
    finally:
        family = _family(process.pid)
        process.terminate()
        try:
            process.wait(END_WITHIN)
        except subprocess.TimeoutExpired:
            for pid in family:
                _kill(pid)
            process.wait(END_WITHIN)


def _await(name: str, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + START_WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            Browser(port).get("/")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise NotStarted(f"{name} does not answer; see {log.relative_to(ROOT)}")


def _family(pid: int) -> list[int]:
    """Return a process and its children, where the system tells."""
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    children = listed.read_text().split() if listed.exists() else []
    return [
        pid,
        *(grandchild for child in children for grandchild in _family(int(child))),
    ]


def peak_mb_of(pid: int) -> float:
    """
    Return the most memory that a process ever held.

    Not what ``getrusage`` says: that begins with the most that its parent had held.
    """
    status = Path(f"/proc/{pid}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return sum(
        int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith("VmHWM")
    )


def web_processes(running: Running) -> list[float]:
    """Return the most memory that each process under the server ever held."""
    return [peak_mb_of(pid) for pid in _family(running.pid)[1:]]


def _kill(pid: int) -> None:
    try:
        os.kill(pid, 9)
    except ProcessLookupError:
        return
