"""
What logs must never hold.

The token of a link opens it for whoever reads the log, as does the key that a forgotten
password is set anew by; and what the database says of a row that it refused repeats the
row, names and all.
"""

import logging
import re

_LINK = re.compile(r"(/link/[a-z_]+/|/reset/key/)[A-Za-z0-9_-]+")
# PostgreSQL's own words after an error: "Key (email)=(...) already exists."
_DETAIL = re.compile(r"^(DETAIL|CONTEXT): .*(?:\n(?![A-Z]).*)*", re.MULTILINE)


def _without(text: str) -> str:
    return _DETAIL.sub(r"\1: …", _LINK.sub(r"\1…", text))


class WithoutSecrets(logging.Filter):
    """Takes the tokens of links and the contents of rows out of every line."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the record through, its text without them."""
        record.msg = _without(record.getMessage())
        record.args = ()
        if record.exc_info:
            # A traceback's last lines may repeat an address or a row.
            record.exc_text = _without(
                logging.Formatter().formatException(record.exc_info)
            )
        return True
