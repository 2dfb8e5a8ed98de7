"""``python -m ruang.cli`` is ``ruang``."""

import sys

from ruang.cli import main

sys.exit(main())
