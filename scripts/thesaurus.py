"""
Write down the search keys of the common thesaurus beside it.

Run after a change of ``data/thesaurus.toml``, of simplemma or of the endings: a test
says so. A new installation then loads it without all the dictionaries.
"""

import json
from pathlib import Path

from mosty.engines.search.keys import name_keys
from mosty.library.common import thesaurus


def main() -> None:
    """Write ``data/thesaurus-keys.json``."""
    found: dict[str, dict[str, list[str]]] = {}
    for entry in thesaurus.entries():
        for language, labels in entry.labels.items():
            said = found.setdefault(language, {})
            for label in labels:
                said[label] = [*name_keys(label, language)]
    text = json.dumps(found, ensure_ascii=False, indent=0, sort_keys=True)
    Path(thesaurus.KEYS).write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
