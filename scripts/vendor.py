"""Copy from node_modules just what the pages use to build/vendor, which is served."""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
TARGET = ROOT / "build" / "vendor"

# Latin, Latin Extended (Polish, Baltic languages) and Cyrillic parts of the type.
FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    **{
        f"@fontsource-variable/source-sans-3/files/source-sans-3-{part}-wght-normal.woff2": f"source-sans-3-{part}.woff2"
        for part in ("latin", "latin-ext", "cyrillic")
    },
}


def main() -> None:
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    for source, name in FILES.items():
        content = (PACKAGES / source).read_bytes()
        if name.endswith(".css"):
            # The map it points to is not served.
            content = re.sub(rb"/\*# sourceMappingURL=.*?\*/", b"", content)
        (TARGET / name).write_bytes(content)


if __name__ == "__main__":
    main()
