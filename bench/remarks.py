"""Why a goal is missed, and what comes next; written by hand, shown while it holds."""

from collections.abc import Mapping

# Key of a goal -> reason and next idea.
REMARKS: Mapping[str, str] = {
    "list-floor": "Ten queries stand against one: who asks, which call, its rules, its "
    "300 cities, the count, the rows, the pairs. Each takes Django from half a millisecond "
    "to five, mostly before PostgreSQL is asked; nine filters, one of them with 300 cities, are a "
    "tenth of the time. Next: keep a call's cities and parsed rules in memory between "
    "requests, and fetch the call by its address with the policy asked in Python.",
    "search-peer": "PostgreSQL reads all names of the call instead of the trigram index, "
    "because it takes random reads to be dear. Next: `random_page_cost = 1.1`, as suits "
    "solid-state disks.",
    "submit-floor": "23 statements stand against one. Half of the time goes into them, a "
    "quarter into the letter and its place in the outbox. Next: insert link and message "
    "without looking for them first, released from the start (six statements fewer), and "
    "keep parsed rules in memory (one fewer). A third of the floor's rate leaves room for "
    "about five statements.",
}
UNKNOWN = "No reason is known yet: profile this page first."
