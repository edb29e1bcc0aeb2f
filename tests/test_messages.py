"""The check of the translations, of which ``make check`` is made."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def messages() -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "messages", ROOT / "scripts" / "messages.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("polish", "found"),
    (
        (("Nazwa", "Nazwa"), []),
        (("Nazwa", ""), ["b/l/pl/M/django.po: 'Name' has no Polish"]),
        (
            ("Nazwa", "Imię i nazwisko"),
            [
                "b/l/pl/M/django.po: 'Name' is 'Imię i nazwisko' here and 'Nazwa' elsewhere"
            ],
        ),
    ),
)
def test_a_sentence_has_one_translation_in_all_apps(
    monkeypatch: pytest.MonkeyPatch,
    messages: ModuleType,
    polish: tuple[str, str],
    found: list[str],
) -> None:
    paths = [ROOT / app / "l" / "pl" / "M" / "django.po" for app in ("a", "b")]
    said = dict(zip(paths, polish, strict=True))

    def catalogue(text: str) -> Catalog:
        made = Catalog(locale="pl")
        made.add("Name", text)
        return made

    monkeypatch.setattr(messages, "catalogues", lambda: paths)
    monkeypatch.setattr(messages, "load", lambda path: catalogue(said[path]))
    monkeypatch.setattr(messages, "collect", lambda app, language: catalogue(""))

    assert messages.problems() == found
