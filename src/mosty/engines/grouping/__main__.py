"""The command ``python -m mosty.engines.grouping``."""

import sys

from mosty.engines.grouping.cli import main

sys.exit(main())
