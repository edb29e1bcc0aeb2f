"""Documents made and indexed, questions asked, judged ones answered."""

import json
import sys
from typing import Any

from bench import stage
from bench.processes import call
from bench.rows import Asked
from bench.say import say
from bench.search.goals import DOCUMENTS, QUESTIONS

NAME = "search_bench"


def run(asked: Asked) -> dict[str, Any]:
    """Return all results."""
    server, env = stage.own_database(NAME, asked)
    documents = int(DOCUMENTS * asked.share)
    say(f"indexing {documents:,} documents")
    command = [sys.executable, "-m", "bench.search.index", str(documents)]
    index = json.loads(call(command, env).splitlines()[-1])
    server.settle(NAME)
    # It needs Django's settings.
    from bench.search import measure

    say("questions")
    speed = measure.speed(QUESTIONS)
    save = measure.save_one()
    trigrams = measure.trigrams()
    say("judged questions")
    measure.fill_judged()
    return {
        "index": index,
        "speed": speed,
        "save": save,
        "trigrams": trigrams,
        "judged": measure.judged(),
    }
