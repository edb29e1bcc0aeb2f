"""What the tests of the whole site look at: its addresses, modules, files and layers."""

import re
import subprocess
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "mosty"
# What stands in an address for each parameter; the cast's rows exist.
SAMPLES = {
    "programme": "academy",
    "course": "course",
    "slug": "call",
    "call": "call",
    "city": "krakow",
}
BY_KIND = {
    "everyone": "uk",
    "int": "1",
    "slug": "x",
    "str": "X",
    "uuid": "0" * 8 + "-0000" * 3 + "-" + "0" * 12,
}


@dataclass(frozen=True, slots=True)
class Address:
    """One address of the site, in one language, with its view."""

    path: str
    name: str
    view: Callable[..., Any]

    @property
    def is_ours(self) -> bool:
        return self.view.__module__.startswith("mosty.")


def addresses() -> list[Address]:
    """Return every address there is, in every language, parameters filled in."""
    found: list[Address] = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found += _walk(get_resolver().url_patterns, "/", "")
    return list({address.path: address for address in found}.values())


def _walk(
    patterns: Iterable[URLPattern | URLResolver], before: str, space: str
) -> Iterator[Address]:
    for pattern in patterns:
        path = before + _filled(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, path, inner)
        else:
            yield Address(path, f"{space}{pattern.name}", pattern.callback)


def _filled(route: str) -> str:
    """Return a route with its parameters filled in, written as a path or as a pattern."""
    if "(?P<" in route or route.startswith("^"):
        return re.sub(r"\(\?P<\w+>[^)]*\)", "x", route).strip("^$")

    def sample(parameter: re.Match[str]) -> str:
        kind, _colon, name = parameter[1].rpartition(":")
        return (
            BY_KIND["int"]
            if kind == "int"
            else SAMPLES.get(name, BY_KIND[kind or "str"])
        )

    return re.sub("<([^>]*)>", sample, route)


def ranks() -> dict[str, int]:
    """Return each app's layer, 0 on top, as the import contract in pyproject.toml says."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    contracts = tomllib.loads(text)["tool"]["importlinter"]["contracts"]
    return {
        app.strip(" ()"): rank
        for rank, layer in enumerate(contracts[0]["layers"])
        for app in layer.split("|")
    }


def modules(*names: str) -> list[Path]:
    """Return the files that are, or lie in packages that are, called one of ``names``."""
    return sorted(
        path
        for path in SOURCE.rglob("*.py")
        if {path.stem, *path.relative_to(SOURCE).parts[:-1]} & set(names)
        and "migrations" not in path.parts
    )


def tracked() -> list[Path]:
    """Return the files that are part of the project, apart from pictures and the like."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout
    return [
        path
        for name in listed.split("\0")
        if name and (path := ROOT / name).is_file() and not _is_binary(path)
    ]


def _is_binary(path: Path) -> bool:
    with path.open("rb") as stream:
        return b"\0" in stream.read(4096)
