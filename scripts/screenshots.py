"""
Take the pictures of README and documentation: ``make screenshots``.

Plays the demo into a database of its own, ``mosty_pictures``, serves it on this machine
alone and photographs the main pages into docs/images. ``--all FOLDER`` photographs every
page in both languages, at two widths, light and dark, for somebody to look at.
"""

import argparse
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
DATABASE = "mosty_pictures"
ARGUMENTS = ["--disable-quic", "--disable-background-networking"]
HEIGHT = 900
LANGUAGES = ("pl", "en")
WIDTHS = (1280, 390)


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of the documentation: of which page, for whom it is shown how."""

    file: str
    page: str
    language: str = "en"
    width: int = 1280
    height: int = 800
    dark: bool = False


PICTURES = (
    Picture("feedback", "evaluation-results-pairs", height=1080),
    Picture("feedback-phone-pl", "evaluation-answer", "pl", width=390, height=844),
    Picture("call-pl", "nominations-call", "pl", height=720),
    Picture("today-pl", "office-today-secretariat", "pl"),
    Picture("today-en", "office-today-coordinator"),
    Picture("rules", "nominations-call_edit"),
    Picture("nominations", "nominations-nominations"),
    Picture("import-pl", "nominations-import-waiting", "pl"),
    Picture("run-sign", "selection-run-sign"),
    Picture("run-dark", "selection-run-announced", dark=True),
    Picture("nominee-why", "selection-decision"),
    Picture("numbers", "selection-numbers", height=720),
    Picture("offers", "selection-offers", height=720),
    Picture("timetable", "training-timetable-moved"),
    Picture("roster", "training-roster-trainer"),
    Picture("materials", "training-materials"),
    Picture("attendance", "training-attendance"),
    Picture("attendance-phone-pl", "training-attendance_session", "pl", 390, 844),
    Picture("attendance-sheet", "training-attendance_sheet"),
    Picture("attendance-screen", "training-screen", height=900),
    Picture("check-in-phone-pl", "training-check_in", "pl", 390, 844),
    Picture("certificates", "training-certificates-coordinator"),
    Picture("certificate-design", "training-certificate_design"),
    Picture("certificate-check-pl", "training-check", "pl", height=560),
    Picture("certificate-phone-pl", "training-link_certificate", "pl", 390, 1100),
    Picture("groups", "training-groups", height=900),
    Picture("groups-change", "training-groups_change", height=900),
    Picture("consultation-phone-pl", "infopoint-record", "pl", 390, 844),
    Picture("workshop-phone-pl", "infopoint-workshop_add", "pl", 390, 1180),
    Picture("opinion-phone-uk", "opinion", "uk", 390, 900),
    Picture("consultation-periods", "infopoint-periods"),
    Picture("consultation-import", "infopoint-import-waits", height=1080),
    Picture("year-release", "infopoint-release-ready", height=1000),
    Picture("year-phone-pl", "year_in_numbers", "pl", 390, 1100),
    Picture("map", "partnerships-map", height=1250),
    Picture("plan-draft", "plans-edit", height=1060),
    Picture("plan-check-in-phone-pl", "plans-link_check_in", "pl", 390, 1100),
    Picture("practice-in-review", "library-desk_practice-in-review", height=900),
    Picture("review", "library-review", height=1000),
    Picture("translation", "library-version-translation", height=1000),
    Picture("translation-back-pl", "library-take_back", "pl", height=560),
    Picture("city-phone-pl", "nominations-city", "pl", 390, 844),
    Picture("nominee-phone-pl", "nominations-link_confirm", "pl", 390, 844),
    Picture("offer-phone-pl", "selection-link_offer", "pl", 390, 844),
)


def main() -> None:
    """Play, serve, photograph."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument(
        "--all", type=Path, metavar="FOLDER", help="every page, to look at"
    )
    parser.add_argument("--only", default="", help="only pages whose key has this")
    parser.add_argument(
        "--keep", action="store_true", help="use what was played before"
    )
    asked = parser.parse_args()
    if asked.all and asked.all.resolve().is_relative_to(ROOT):
        parser.error("--all needs a folder outside the repository.")
    chromium = (
        os.environ.get("CHROMIUM")
        or shutil.which("chromium-headless-shell")
        or shutil.which("chromium")
    )
    if not chromium:
        parser.error("There is no Chromium: set CHROMIUM to its path.")
    _set_up()
    academy = _academy(keep=asked.keep)
    with _served() as url, _opened(chromium, url, academy) as visitor:
        if asked.all:
            _take_all(visitor, asked.all, asked.only)
        else:
            _take_documented(visitor, asked.only)


def _set_up() -> None:
    """Start Django as a demo on the pictures' own database."""
    from mosty.config import database

    os.environ["MOSTY_DEMO"] = "yes"
    os.environ["DJANGO_SETTINGS_MODULE"] = "mosty.config.settings"
    given = os.environ.get("DATABASE_URL", "").strip()
    if given:
        # The same server, but never the database of an installation.
        scheme, server, _path, query, fragment = urlsplit(given)
        address = (scheme, server, f"/{DATABASE}", query, fragment)
        os.environ["DATABASE_URL"] = urlunsplit(address)
    else:
        var = Path(os.environ.get("MOSTY_VAR") or ROOT / "var")
        database.url(var=var, name=DATABASE)
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from django.conf import settings

    # Files come from their sources, as nothing is collected here; said before the demo
    # is played, since Django reads this once, when the first file is stored.
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }


def _academy(*, keep: bool) -> Any:
    from django.core.management import call_command
    from django.utils import timezone, translation
    from tests.e2e import stage
    from tests.e2e.academy import Academy

    from mosty.demo import load

    now = timezone.now()
    if not keep:
        call_command("migrate", interactive=False, verbosity=0)
        load.empty()
        with translation.override("en"):
            stage.play(now, lambda said: None)
    return Academy(now)


@contextmanager
def _served() -> Iterator[str]:
    """Serve on this machine alone, on a free port."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.test.testcases import LiveServerThread

    thread = LiveServerThread("127.0.0.1", StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    try:
        yield f"http://127.0.0.1:{thread.port}"
    finally:
        thread.terminate()
        thread.join()


@contextmanager
def _opened(chromium: str, url: str, academy: Any) -> Iterator[Any]:
    """Open Chromium and give who visits pages in it."""
    from playwright.sync_api import sync_playwright
    from tests.e2e.visitor import Visitor, sessions

    arguments = [*ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    # Playwright keeps an event loop in this thread, at which Django would refuse queries.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        visitor = Visitor(browser, url, academy, sessions(academy))
        yield visitor
        visitor.close()
        browser.close()


def _take_documented(visitor: Any, only: str) -> None:
    """Renew docs/images."""
    from tests.e2e import pages
    from tests.e2e.visitor import How

    table = {page.key: page for page in pages.ALL}
    IMAGES.mkdir(parents=True, exist_ok=True)
    for one in PICTURES:
        if only not in one.page:
            continue
        file = IMAGES / f"{one.file}.png"
        how = How(one.language, one.width, one.height, one.dark)
        _take(visitor, table[one.page], how, file, whole=False)
        print(f"{file.relative_to(ROOT)}: {file.stat().st_size // 1024} KiB")


def _take_all(visitor: Any, folder: Path, only: str) -> None:
    """Take every page in every way, in whole; go on where one does not open."""
    from tests.e2e import pages
    from tests.e2e.visitor import How

    folder.mkdir(parents=True, exist_ok=True)
    # The two that differ in everything come first: they show most of what is wrong.
    ways = sorted(
        product(LANGUAGES, WIDTHS, (False, True)),
        key=lambda way: way not in {("pl", 1280, False), ("en", 390, True)},
    )
    for (language, width, dark), page in product(ways, pages.ALL):
        if only not in page.key:
            continue
        theme = "dark" if dark else "light"
        file = folder / f"{page.key}-{language}-{width}-{theme}.png"
        how = How(language, width, HEIGHT, dark)
        try:
            _take(visitor, page, how, file, whole=True)
        except Exception as fault:  # noqa: BLE001 - one page must not hide the rest
            print(f"{page.key} {language}: {fault}", file=sys.stderr)


def _take(visitor: Any, page: Any, how: Any, file: Path, *, whole: bool) -> None:
    tab = visitor.open(page, how)
    tab.evaluate("document.fonts.ready")
    tab.screenshot(path=file, full_page=whole, animations="disabled")
    for fault in visitor.faults:
        print(f"{page.key} {how.language}: {fault}", file=sys.stderr)


if __name__ == "__main__":
    main()
