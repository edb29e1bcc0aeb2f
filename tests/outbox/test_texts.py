"""What every message has in common: a greeting, and whom to ask."""

from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "mosty"
MESSAGES = sorted(SOURCE.glob("*/templates/*/mail/*.txt"))
# These say in their own words to whom to write.
OTHER_WORDS = {"plans/mail/help_answer.txt", "nominations/mail/withdrawn.txt"}


@pytest.mark.parametrize(
    "path", MESSAGES, ids=lambda path: f"{path.parts[-3]}-{path.stem}"
)
def test_a_message_greets_and_says_whom_to_ask(path):
    text = path.read_text()
    name = "/".join(path.parts[-3:])
    _subject, blank, greeting = text.split("\n", 3)[:3]
    assert (blank, greeting) == ("", '{% translate "Good morning," %}')
    assert ('{% translate "Questions:" %}' in text) == (name not in OTHER_WORDS)


def test_there_are_messages():
    assert len(MESSAGES) > 25
