"""What a file is called when it is handed out: a name that is safe on every system."""

import re

from mosty.kernel.files.kinds import KINDS, Kind
from mosty.kernel.names import clean

MOST_LETTERS = 80
# Names of devices: Windows opens no file of that name, whatever its ending.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.I)
# Endings that people or programs put behind one another, as in "list.pdf.exe".
_ENDINGS = frozenset((
    *KINDS,
    "jpeg", "exe", "com", "scr", "bat", "cmd", "js", "vbs", "ps1", "sh", "py", "jar",
    "msi", "dll", "lnk", "html", "htm", "svg", "xml", "php", "zip", "7z", "rar", "gz",
    "tar", "doc", "xls", "ppt", "docm", "xlsm", "pptm", "dotm", "rtf", "markdown",
    "text", "url", "hta",
))  # fmt: skip


def safe_name(name: str, kind: Kind) -> str:
    """
    Return ``name`` with the ending of ``kind``, for a reader to keep the file under.

    Without a path, control and direction characters, a second ending, or what some
    system gives a meaning to.
    """
    stem = clean(re.split(r"[/\\]", name.replace("\0", ""))[-1])
    stem = re.sub(r'[<>:"|?*%&;$`\'{}~^#]', "-", stem)
    while "." in stem and stem.rpartition(".")[2].strip().casefold() in _ENDINGS:
        stem = stem.rpartition(".")[0]
    # A dot may stand in a number such as 1.2; elsewhere it looks like an ending.
    stem = re.sub(r"(?<!\d)\.|\.(?!\d)", "-", stem)
    stem = clean(stem).strip("-_ .")
    stem = stem[:MOST_LETTERS].rstrip("-_ .")
    if _DEVICES.fullmatch(stem):
        stem = f"{stem}-"
    return f"{stem or 'material'}.{kind.ending}"
