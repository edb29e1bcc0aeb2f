"""
Collect the sentences to translate and compile the translations, with Babel.

Without options: renew each app's catalogues from its sources, then compile.
--compile: only compile where a catalogue is newer. --check: fail where a sentence
is not translated, is not in the catalogue, or is translated in two ways: all catalogues
of a language become one, so that one app's words would stand on the pages of another.

Every sentence has Polish. Those of pages for everyone, which stand in modules, folders
and packages called "everyone", have Ukrainian, Belarusian and Russian, too.
"""

import argparse
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "mosty"
POLISH = "pl"
LANGUAGES = {POLISH: "Polish", "uk": "Ukrainian", "be": "Belarusian", "ru": "Russian"}
OF_EVERYONE = "everyone"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def catalogues() -> list[Path]:
    """Return every app's catalogues, present or to be made."""
    apps = sorted(path.parent for path in SOURCE.glob("*/__init__.py"))
    return [
        app / "locale" / language / "LC_MESSAGES" / "django.po"
        for app in apps
        for language in LANGUAGES
    ]


def language_of(catalogue: Path) -> str:
    """Return the language of the catalogue at this path."""
    return catalogue.parents[1].name


def is_for_everyone(path: Path) -> bool:
    """Test if a file's sentences stand on pages for everyone."""
    return OF_EVERYONE in {path.stem, *path.relative_to(SOURCE).parts[:-1]}


def sentences(
    app: Path, language: str
) -> Iterator[tuple[str, int, object, list[str], str | None]]:
    """Yield each sentence of one app that ``language`` has to have."""
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure(USE_I18N=True)

    for path in sorted((*app.rglob("*.py"), *app.rglob("*.html"), *app.rglob("*.txt"))):
        if language != POLISH and not is_for_everyone(path):
            continue
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            text = templatize(text, origin=str(path))
            # What templatize leaves of a template's indentation is no Python.
            text = "\n".join(line.lstrip() for line in text.split("\n"))
        name = str(path.relative_to(ROOT))
        stream = io.BytesIO(text.encode())
        for line, message, comments, context in extract(
            "python", stream, KEYWORDS, comment_tags=["Translators:"]
        ):
            yield name, line, message, comments, context


def collect(app: Path, language: str) -> Catalog:
    """Return a fresh catalogue with one app's sentences."""
    catalogue = Catalog(locale=language, project="Mosty", charset="utf-8")
    for name, _line, message, comments, context in sentences(app, language):
        # Without line numbers, so that a moved line changes no catalogue.
        catalogue.add(
            message, None, [(name, 0)], auto_comments=comments, context=context
        )
    return catalogue


def load(path: Path) -> Catalog:
    """Return the catalogue at ``path``, empty where there is none."""
    language = language_of(path)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as stream:
        return read_po(stream, locale=language)


def compile_all() -> None:
    """Write a .mo beside each .po that is newer."""
    for path in catalogues():
        target = path.with_suffix(".mo")
        if path.exists() and (
            not target.exists() or target.stat().st_mtime < path.stat().st_mtime
        ):
            with target.open("wb") as stream:
                write_mo(stream, load(path))


def renew() -> None:
    """Bring each app's catalogue in step with its sources, keeping translations."""
    for path in catalogues():
        fresh = collect(path.parents[3], language_of(path))
        if not len(fresh):
            path.unlink(missing_ok=True)
            continue
        known = load(path)
        known.update(fresh, no_fuzzy_matching=True)
        known.obsolete.clear()
        path.parent.mkdir(parents=True, exist_ok=True)
        written = io.BytesIO()
        write_po(written, known, width=100, sort_output=True, include_lineno=False)
        # Without the moment of collecting: it would change every file, every time.
        path.write_bytes(
            b"".join(
                line
                for line in written.getvalue().splitlines(keepends=True)
                if not line.startswith(b'"POT-Creation-Date:')
            )
        )


def problems() -> list[str]:
    """Return what is missing or at odds between the apps."""
    found = []
    said: dict[tuple[str, str | None, str], str] = {}
    for path in catalogues():
        language = language_of(path)
        known = load(path)
        for message in collect(path.parents[3], language):
            if not message.id:
                continue
            translated = known.get(message.id, message.context)
            texts = (
                []
                if translated is None
                else translated.string
                if isinstance(translated.string, tuple)
                else [translated.string]
            )
            if not texts or not all(texts):
                found.append(
                    f"{path.relative_to(ROOT)}: {message.id!r} has no "
                    f"{LANGUAGES[language]}"
                )
                continue
            # Of a sentence with forms for numbers, the first is the one without.
            one = message.id if isinstance(message.id, str) else message.id[0]
            first = said.setdefault((language, message.context, one), texts[0])
            if first != texts[0]:
                found.append(
                    f"{path.relative_to(ROOT)}: {one!r} is {texts[0]!r} here and "
                    f"{first!r} elsewhere"
                )
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--compile", action="store_true", help="only compile")
    parser.add_argument("--check", action="store_true", help="fail on what is missing")
    options = parser.parse_args()
    if options.check:
        missing = problems()
        print("\n".join(missing))
        return 1 if missing else 0
    if not options.compile:
        renew()
    compile_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())
