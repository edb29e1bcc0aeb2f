"""How large a table may be. Everything beyond is refused, never cut."""

MAX_BYTES = 10 * 1024**2
MAX_ROWS = 20_000
MAX_COLUMNS = 60
MAX_CELL = 2_000
# Titles, empty lines and notes that may stand above the header.
LEAD = 30
# With empty lines, which are skipped; what a spreadsheet program can show.
MAX_LINES = 1_048_576

# An XLSX is a packed archive: what it may grow to, in all and per part.
MAX_UNPACKED = 60 * 1024**2
MAX_ENTRIES = 2_000
# Real sheets pack 10 to 50 times; only parts large enough to hurt are judged.
MAX_RATIO = 200
RATIO_FROM = 1024**2
# No spreadsheet program writes a longer cell.
MAX_RAW_CELL = 32_767
