"""``python -m herstel_cli`` is ``herstel``."""

import sys

from herstel_cli.main import main

if __name__ == "__main__":  # a worker process imports this file too
    sys.exit(main())
