"""What helps to find: the thesaurus, some synonyms, and the index of what is public."""

from datetime import datetime, timedelta

from mosty.demo.cast import Cast, Say
from mosty.library.actions import search, synonyms, thesaurus

SYNONYMS = (
    ("pl", ("karta pobytu", "dokument pobytowy")),
    ("pl", ("ukrainiec", "obywatel Ukrainy")),
    ("en", ("handbook", "guidebook")),
)


def play(cast: Cast, now: datetime, say: Say) -> None:
    """Load the thesaurus, let an editor add synonyms, index what is published."""
    before = now - timedelta(days=1)
    concepts = thesaurus.load_common()
    for language, said in SYNONYMS:
        synonyms.add(language=language, said=said, actor=cast.secretariat, now=before)
    documents = search.reindex()
    say(f"Search: {documents} documents, {concepts} concepts in six languages.")
