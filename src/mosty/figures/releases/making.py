"""
Making a release: protected together, then audited as readers read it.

The audit reads the text that would be published, and nothing else of what protection
did; the numbers it needs besides are those of earlier releases and of cited figures.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from mosty.engines import disclosure as engine
from mosty.engines.errors import BadProblem
from mosty.figures.releases import changes, cited, system
from mosty.figures.releases.changes import Earlier
from mosty.figures.releases.document import Cited, Document, Table


@dataclass(frozen=True, slots=True)
class Made:
    """
    What came of it. ``failure`` is a code where nothing may be published.

    ``text`` is the artefact, ``digest`` its SHA-256; ``report`` says what the audit
    found, and is for those who make the release, not for the public.
    """

    text: str
    digest: str
    report: dict[str, Any]
    failure: str = ""
    params: Mapping[str, Any] | None = None


class CannotMake(Exception):
    """There is nothing that could be protected: a code with parameters."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def make(
    counts: Document,
    earlier: Sequence[Earlier] = (),
    *,
    step: Callable[[str], None] = lambda _: None,
    tau_seconds: float = 20.0,
) -> Made:
    """
    Return the release that ``counts`` make.

    Args:
        counts: inner cells of all tables.
        earlier: all releases of the same year, the first one first.
        step: told the name of each step; what it raises ends the work.
        tau_seconds: as for the engine.

    Raises:
        CannotMake: if there is nothing to count, or to correct, or tables cannot be.
    """
    step("tables")
    _require_sense(counts, earlier)
    try:
        return _made(counts, earlier, step, tau_seconds)
    except BadProblem as error:
        raise CannotMake(
            "tables", fault=error.code, **{k: str(v) for k, v in error.params.items()}
        ) from error


def _require_sense(counts: Document, earlier: Sequence[Earlier]) -> None:
    if not any(cell.value for table in counts.tables for cell in table.cells):
        raise CannotMake("empty")
    if against := cited.contradiction(counts, _news(counts, earlier)):
        figure, number = against
        raise CannotMake(
            "cited", source=figure.source, cited=figure.value, counted=number
        )
    if not earlier:
        return
    number = changes.changed(counts, earlier[-1].counts)
    same = _what(counts) == _what(earlier[-1].counts)
    if number == 0 and same:
        raise CannotMake("nothing_changed", number=earlier[-1].artefact.number)
    least = min(table.threshold for table in counts.tables)
    if 0 < number < least:
        raise CannotMake(
            "few_changed",
            changed=number,
            threshold=least,
            number=earlier[-1].artefact.number,
        )


def _what(document: Document) -> object:
    """Return what a document says, apart from when it was made and as what."""
    return replace(document, number=0, corrects=0, reason="", counted_at="")


def _made(
    counts: Document,
    earlier: Sequence[Earlier],
    step: Callable[[str], None],
    tau_seconds: float,
) -> Made:
    trees = system.hierarchies([counts, *(one.artefact for one in earlier)])
    known = cited.statements(counts, _news(counts, earlier))
    hidden, shown = (
        [
            key
            for one in earlier
            for key in changes.told_before(counts, one.artefact, shown=told)
        ]
        for told in (False, True)
    )
    artefact = counts
    # The sum of all is what a year is known by: it is hidden only where nothing else helps.
    sums = [engine.Key(one.measure, frozenset()) for one in counts.tables]
    # The first is nearly always enough; the others hide more, or take longer.
    attempts = [
        ([*sums, *shown], False),
        ([*sums, *shown], True),
        (sums, True),
        ([], True),
    ]
    for show, with_relations in attempts:
        protection = engine.protect(
            system.before(counts),
            trees,
            also=[*known, *(system.relations(artefact) if with_relations else [])],
            hide=hidden,
            show=show,
            tau_seconds=tau_seconds,
            step=step,
        )
        artefact = system.published(counts, protection.tables)
        step("auditing")
        found = audit(artefact, counts, earlier, seen=protection.audit.seen)
        if found.holds:
            break
    step("writing")
    text = artefact.text()
    report = _report(artefact, found, protection, counts, earlier)
    digest = sha256(text.encode()).hexdigest()
    if not found.holds:
        return Made(text, digest, report, "given_away", {"cells": len(found.findings)})
    if dark := [one.key for one in artefact.tables if is_dark(one)]:
        names = ", ".join(dark)
        return Made(
            text, digest, report | {"holds": False}, "all_small", {"tables": names}
        )
    return Made(text, digest, report)


def audit(
    artefact: Document,
    counts: Document,
    earlier: Sequence[Earlier],
    *,
    seen: engine.Seen | None = None,
) -> engine.Audit:
    """
    Return what readers can work out of ``artefact`` and all that was published before.

    Worlds that protection has ``seen`` are where it begins; it checks each by itself.
    """
    known = cited.statements(artefact, _news(artefact, earlier))
    also = [*known, *system.relations(artefact)]
    tables = system.after(artefact)
    newer, newer_counts = artefact, counts
    for one in reversed(earlier):
        tables += system.after(one.artefact, mark=one.mark)
        also += system.relations(one.artefact, one.mark)
        also += changes.statements(
            newer_counts, newer, one, mark=_mark_of(newer, artefact)
        )
        newer, newer_counts = one.artefact, one.counts
    trees = system.hierarchies([artefact, *(one.artefact for one in earlier)])
    return engine.audit(tables, trees, also=also, marks=False, seen=seen)


def _news(document: Document, earlier: Sequence[Earlier]) -> list[Cited]:
    return cited.news(document, [one.artefact for one in earlier])


def _mark_of(document: Document, newest: Document) -> str:
    return "" if document is newest else str(document.number)


def is_dark(table: Table) -> bool:
    """Test if a table with records would show none of them."""
    return bool(table.cells) and not any(cell.value for cell in table.cells)


def _report(
    artefact: Document,
    found: engine.Audit,
    protection: engine.Protection,
    counts: Document,
    earlier: Sequence[Earlier],
) -> dict[str, Any]:
    return {
        "holds": found.holds,
        "hidden": found.hidden,
        "primary": protection.primary,
        "secondary": protection.secondary,
        "seconds": round(protection.seconds, 1),
        "audit_seconds": round(found.seconds, 1),
        "changed": changes.changed(counts, earlier[-1].counts) if earlier else 0,
        "not_joined": list(found.not_joined),
        "findings": [_finding(one) for one in found.findings],
        "tables": [
            {
                "key": table.key,
                "cells": len(table.cells),
                "hidden": sum(cell.value is None for cell in table.cells),
            }
            for table in artefact.tables
        ],
    }


def _finding(one: engine.Finding) -> dict[str, Any]:
    codes = sorted(one.key.codes) if one.key else []
    return {
        "code": one.code,
        "measure": one.key.measure.partition("@")[0] if one.key else "",
        "codes": [list(pair) for pair in codes],
        "cell": one.cell,
        "low": one.low,
        "high": one.high,
        "needed": one.needed,
        "because": list(one.because),
    }
