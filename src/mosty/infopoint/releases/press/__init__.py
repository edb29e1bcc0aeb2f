"""A draft for the press: sentences made of what is published, each with its definition."""

from mosty.infopoint.releases.press.draft import (
    Sentence,
    docx,
    largest,
    sentences,
    text,
)

__all__ = ["Sentence", "docx", "largest", "sentences", "text"]
