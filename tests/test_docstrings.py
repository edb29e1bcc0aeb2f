"""
What a function says of itself is whole: what it gives, and each error it raises.

Read from the source, for what other modules build on: actions, queries, engines, kernel.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.structure import SOURCE, modules

# A mistake of ours, which no caller waits for.
OURS = {"AssertionError"}
FILES = sorted(
    {
        *modules("actions", "queries"),
        *SOURCE.glob("engines/**/*.py"),
        *SOURCE.glob("kernel/**/*.py"),
    }
)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def named(node: ast.AST) -> str:
    """Return the last name of what is raised, caught or called."""
    match node:
        case ast.Call(func=inner):
            return named(inner)
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def caught_by(handlers: list[ast.ExceptHandler]) -> set[str]:
    return {
        named(node)
        for handler in handlers
        if handler.type is not None
        for node in ast.walk(handler.type)
    }


def leaves(node: ast.AST, caught: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield what leaves a function: errors it raises, and calls with what is not caught."""
    if isinstance(node, ast.FunctionDef | ast.Lambda):
        # What it raises leaves it where it is called.
        return
    if isinstance(node, ast.Try):
        within = caught | caught_by(node.handlers)
        parts = [(one, within) for one in node.body]
        rest = [*node.handlers, *node.orelse, *node.finalbody]
        for one, held in [*parts, *((other, caught) for other in rest)]:
            yield from leaves(one, held)
        return
    if isinstance(node, ast.Raise) and node.exc is not None:
        error = named(node.exc)
        if error[:1].isupper() and error not in caught:
            yield "raises", error
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id == "require":
            yield "raises", "PermissionDenied"
        yield " ".join(["calls", *sorted(caught)]), node.func.id
    for child in ast.iter_child_nodes(node):
        yield from leaves(child, caught)


@cache
def left_by(function: ast.FunctionDef) -> list[tuple[str, str]]:
    return [one for part in function.body for one in leaves(part, frozenset())]


def errors_of(
    function: ast.FunctionDef,
    private: dict[str, ast.FunctionDef],
    seen: frozenset[str] = frozenset(),
) -> set[str]:
    """Return what a function raises, by itself or in the private ones of its module."""
    found = set()
    for how, name in left_by(function):
        if how == "raises":
            found.add(name)
        elif name in private and name not in seen:
            inner = errors_of(private[name], private, seen | {name})
            found |= inner - set(how.split()[1:])
    return found - OURS


def functions(path: Path) -> Iterator[tuple[ast.FunctionDef, str, str]]:
    """Yield the public functions of a module: their names, and what is said around them."""
    tree = parsed(path)
    head = ast.get_docstring(tree) or ""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node, node.name, head
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            around = f"{head} {ast.get_docstring(node) or ''}"
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef) and inner.name[0] != "_":
                    yield inner, f"{node.name}.{inner.name}", around


@cache
def docstrings() -> dict[str, str]:
    """Return by name what functions say; of one name, all of them."""
    said: dict[str, str] = {}
    for path in FILES:
        for function, name, _around in functions(path):
            said[name] = f"{said.get(name, '')} {ast.get_docstring(function) or ''}"
    return said


def says(text: str, error: str) -> bool:
    """Tell if ``text`` names an error, or a function that does: "or as :func:`lock`"."""
    if re.search(rf"\b{error}\b", text):
        return True
    others = re.findall(r":(?:func|meth):`[~.\w]*?(\w+)`", text)
    return any(
        re.search(rf"\b{error}\b", docstrings().get(other, "")) for other in others
    )


def unsaid(path: Path) -> Iterator[str]:
    private = {
        node.name: node
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("_")
    }
    for function, name, around in functions(path):
        own = ast.get_docstring(function)
        if own is None:
            yield f"{name}: says nothing"
        for error in sorted(errors_of(function, private)):
            if not says(f"{around} {own or ''}", error):
                yield f"{name}: {error}"


def test_every_public_function_says_what_it_is_and_what_it_raises() -> None:
    assert {
        str(path.relative_to(SOURCE)): found
        for path in FILES
        if (found := list(unsaid(path)))
    } == {}
