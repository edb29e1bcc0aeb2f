"""Why a goal is missed, and what comes next; written by hand, shown while it holds."""

from collections.abc import Mapping

# Key of a goal -> reason and next idea.
REMARKS: Mapping[str, str] = {}
UNKNOWN = "No reason is known yet: profile this page first."
