"""What a case tells others about itself."""

from django.dispatch import Signal

concluded = Signal()
"""A conclusion was kept; sent in its transaction, with ``case`` and the whole ``recovery`` (nothing left out of it).

What listens may never keep a conclusion from being kept: it writes in a savepoint of its own, and what it raises is
logged.
"""
