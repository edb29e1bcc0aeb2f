"""``python -m mosty.engines.selection``."""

import sys

from mosty.engines.selection.cli import main

sys.exit(main())
