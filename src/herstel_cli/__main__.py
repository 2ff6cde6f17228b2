"""``python -m herstel_cli`` is ``herstel``."""

import sys

from herstel_cli.main import main

sys.exit(main())
