"""
What a function says of itself is whole: what it gives, in which unit, and each error.

Read from the source, for what other modules build on: actions, queries, engines, kernel.
What a rule can see is held here: that something is said. Whether it is true is not.
"""

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.structure import SOURCE, modules

# A mistake of ours, which no caller waits for.
OURS = {"AssertionError"}
# Who catches one of these lets nothing through.
ALL = {"Exception", "BaseException"}
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


# What holds several: which ones, by what, in which order, only words can say.
SEVERAL = re.compile(
    r"\b(tuple|list|dict|set|frozenset|Mapping|Sequence|Iterable|Iterator|Collection"
    r"|ndarray|NDArray|Ints|Floats)\b"
)
# Types that a unit belongs to, and in engines whole numbers, too: of what is counted.
MEASURE = re.compile(r"(float|timedelta)( \| None)?")
WHOLE = re.compile(r"int( \| None)?")
UNIT = re.compile(
    r"seconds|minutes|hours|days|months|percent|share|how long|how likely|odds|longer"
    r"|from \d+ to \d+|in points|points of|unit of|standard errors|px|width",
    re.IGNORECASE,
)
LONGEST_LINE = 100


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
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="self"), attr=name)):
            yield " ".join(["calls", *sorted(caught)]), f"self.{name}"
    for child in ast.iter_child_nodes(node):
        yield from leaves(child, caught)


@cache
def left_by(function: ast.FunctionDef) -> list[tuple[str, str]]:
    return [one for part in function.body for one in leaves(part, frozenset())]


def errors_of(
    function: ast.FunctionDef,
    private: dict[str, ast.FunctionDef],
    seen: frozenset[str] = frozenset(),
    owner: str = "",
) -> set[str]:
    """Return what a function raises: itself, or in its module's private ones, or its class's."""
    found = set()
    for how, called in left_by(function):
        name = re.sub("^self", owner, called)
        if how == "raises":
            found.add(name)
        elif name in private and name not in seen:
            caught = set(how.split()[1:])
            if not caught & ALL:
                found |= (
                    errors_of(private[name], private, seen | {name}, owner) - caught
                )
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


def private_of(path: Path) -> dict[str, ast.FunctionDef]:
    """Return the private functions of a module, and "self.name" of its classes' methods."""
    found = {}
    for node in parsed(path).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("_"):
            found[node.name] = node
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef):
                    found[f"{node.name}.{inner.name}"] = inner
    return found


def unsaid(path: Path) -> Iterator[str]:
    private = private_of(path)
    for function, name, around in functions(path):
        own = ast.get_docstring(function)
        if own is None:
            yield f"{name}: says nothing"
        owner = name.rpartition(".")[0]
        for error in sorted(errors_of(function, private, owner=owner)):
            if not says(f"{around} {own or ''}", error):
                yield f"{name}: {error}"


def decorators(function: ast.FunctionDef) -> set[str]:
    return {named(node) for node in function.decorator_list}


def gives_unsaid(path: Path) -> Iterator[str]:
    """Yield what returns several things, or a measure, and does not say which."""
    for function, name, _around in functions(path):
        said = ast.get_docstring(function) or ""
        # What a property or a block gives is said by its noun, or by what it does.
        if decorators(function) & {"property", "cached_property", "contextmanager"}:
            continue
        gives = ast.unparse(function.returns) if function.returns else ""
        if SEVERAL.search(gives) and not re.search("return|yield", said, re.IGNORECASE):
            yield f"{name}: {gives}"
        if MEASURE.fullmatch(gives) and not UNIT.search(f"{function.name} {said}"):
            yield f"{name}: {gives}, in which unit?"


def takes_unsaid(path: Path) -> Iterator[str]:
    """Yield the arguments that have a unit of which nothing is said, nor by their name."""
    in_engines = (SOURCE / "engines") in path.parents
    for function, name, around in functions(path):
        said = f"{around} {ast.get_docstring(function) or ''}"
        asked = function.args
        for one in (*asked.posonlyargs, *asked.args, *asked.kwonlyargs):
            kind = ast.unparse(one.annotation) if one.annotation else ""
            measured = MEASURE.fullmatch(kind) or (in_engines and WHOLE.fullmatch(kind))
            if not measured or UNIT.search(one.arg):
                continue
            if not re.search(rf"\b{one.arg}\b", said):
                yield f"{name}: {one.arg}"


def too_long(path: Path) -> Iterator[str]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            for line in (ast.get_docstring(node, clean=False) or "").splitlines():
                if len(line) > LONGEST_LINE:
                    yield line


@pytest.mark.parametrize(
    "rule", (unsaid, gives_unsaid, takes_unsaid, too_long), ids=lambda one: one.__name__
)
def test_every_public_function_says_what_it_is(
    rule: Callable[[Path], Iterator[str]],
) -> None:
    assert {
        str(path.relative_to(SOURCE)): found
        for path in FILES
        if (found := list(rule(path)))
    } == {}
