"""Why a goal is missed, and what comes next; written by hand, shown while it holds."""

from collections.abc import Mapping

# Key of a goal -> reason and next idea.
REMARKS: Mapping[str, str] = {
    "list-floor": "Seven statements stand against one: the session, who asks with her roles "
    "and second factor, the call with its rules, its 300 cities, the count, the rows, the "
    "pairs. Putting them together costs Django more than answering "
    "them costs PostgreSQL, most of all for the call (which of them she may see) and the cities (who "
    "takes part). Nine filters, one of them with 300 cities, and the menu are the rest. "
    "Nothing that a right depends on is kept between requests. Next: let the browser "
    "fetch the 300 cities only when somebody chooses one.",
    "search-peer": "The search itself goes by the trigram index; "
    "what remains is what the list takes, too.",
    "submit-floor": "14 statements stand against one: the session; who asks, with her roles; "
    "the call with its rules; begin; the city's row, locked; what the city has already; the "
    "nomination; the ledger; the lock on the address; possible duplicates; the nominee's "
    "link; her letter; its job; commit. None can go without a promise: four of them read, "
    "eight write or lock, two are the transaction. A third of the floor's rate leaves room "
    "for about five, without a form, a letter or a rule. Next: fewer tables asked for the "
    "call and for whether the city takes part.",
}
UNKNOWN = "No reason is known yet: profile this page first."
