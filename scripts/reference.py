"""
Write the generated pages of the reference: commands, settings, the engine.

They are made from the program itself, so that they cannot drift; a test fails where
something has no words.
"""

import inspect
import io
import os
import re
import sys
from contextlib import redirect_stdout
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "reference"


def commands() -> str:
    """Return the page of commands, from each command's own help."""
    from django.core.management import get_commands, load_command_class

    from mosty.config.cli import COMMANDS
    from mosty.engines.disclosure import cli as disclosure_cli
    from mosty.engines.grouping.cli import parser as mix_parser
    from mosty.engines.selection import cli

    homes = get_commands()
    parts = ["# Commands\n\nMade from the commands' own help.\n"]
    for name, words in COMMANDS.items():
        if name in {"select", "verify", "explain"}:
            stream = io.StringIO()
            with redirect_stdout(stream):
                cli.main([name, "--help"])
            text = stream.getvalue()
        elif name == "mix":
            text = mix_parser().format_help()
        elif name in {"protect", "audit"}:
            stream = io.StringIO()
            with redirect_stdout(stream):
                disclosure_cli.main([name, "--help"])
            text = stream.getvalue()
        else:
            module = name.replace("-", "_")
            parser = load_command_class(homes[module], module).create_parser(
                "mosty", name
            )
            text = parser.format_help()
        # Options that every Django command has say nothing about this one.
        text = re.sub(r"\n  --version.*?(?=\n\n|\Z)", "", text, flags=re.DOTALL)
        parts.append(
            f"## mosty {name}\n\n{words.capitalize()}.\n\n```text\n{text.strip()}\n```\n"
        )
    return "\n".join(parts)


def settings() -> str:
    """Return the page of settings, from the environment's own table."""
    from mosty.config.settings import ENVIRONMENT

    lines = [
        "# Settings\n\nEvery setting is an environment variable; nothing else is read.\n",
        "| variable | meaning |",
        "|---|---|",
    ]
    lines += [f"| `{name}` | {words} |" for name, words in ENVIRONMENT.items()]
    return "\n".join(lines) + "\n"


def engine() -> str:
    """Return the page of the selection engine."""
    from mosty.engines import selection

    return documented("The selection engine", selection)


def grouping() -> str:
    """Return the page of the grouping engine."""
    from mosty.engines import grouping

    return documented("The grouping engine", grouping)


def disclosure() -> str:
    """Return the page of the disclosure engine."""
    from mosty.engines import disclosure

    return documented("The disclosure engine", disclosure)


def documented(title: str, module: ModuleType) -> str:
    """Return the page of an engine, from its docstrings."""
    parts = [f"# {title}\n", inspect.getdoc(module) or ""]
    for name in sorted(module.__all__):
        item = getattr(module, name)
        if not (inspect.isclass(item) or inspect.isfunction(item)):
            continue
        try:
            signature = str(inspect.signature(item)) if inspect.isfunction(item) else ""
        except ValueError:
            signature = ""
        text = inspect.cleandoc(item.__doc__ or "")
        parts.append(f"## {name}\n\n```text\n{name}{signature}\n\n{text}\n```\n")
    return "\n\n".join(parts)


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mosty.config.settings")
    os.environ.setdefault("COLUMNS", "88")
    import django

    django.setup()
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, make in (
        ("commands", commands),
        ("settings", settings),
        ("engine", engine),
        ("grouping", grouping),
        ("disclosure", disclosure),
    ):
        (TARGET / f"{name}.md").write_text(make(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
