"""What logs must never hold: the token of a link opens it for whoever reads the log."""

import logging
import re

_LINK = re.compile(r"(/link/[a-z_]+/)[A-Za-z0-9_-]+")


class WithoutTokens(logging.Filter):
    """Takes the tokens of links out of every line."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the record through, its text without tokens."""
        record.msg = _LINK.sub(r"\1…", record.getMessage())
        record.args = ()
        if record.exc_info:
            # A traceback's last line may repeat an address.
            record.exc_text = _LINK.sub(
                r"\1…", logging.Formatter().formatException(record.exc_info)
            )
        return True
