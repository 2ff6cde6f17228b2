"""``python -m herstel_web.operation``: the worker beside a server; it ends when that server does."""

import os

from herstel_web.operation.start import our_state, set_up

KINDNESS = 5
"""Somebody who asks for a page goes before what happens in the background."""


def main() -> None:
    set_up()
    from herstel_web.operation import worker
    from herstel_web.operation.running import at_work

    os.nice(KINDNESS)
    with at_work(our_state()):
        worker.run(beside_server=True)


if __name__ == "__main__":
    main()
