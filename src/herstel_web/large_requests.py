"""How much a request may hold: a video where videos are sent to, and little everywhere else.

What is larger is refused by what it says of its own length, before it is read.
"""

import copy
import re
from typing import Any

from django.conf import settings
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser

TAKES_VIDEO = re.compile(r"/(chain|practice/cases/[0-9a-f-]{36})/film/[a-z_]+/[a-z]+/send/$")
AROUND_IT_BYTES = 1024 * 1024
"""For the rest of the form."""


class Reader(HTTPRequestParser):
    """Knows after the head of a request how much may follow."""

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        command, path = str(self.command), str(getattr(self, "path", ""))  # the types that come with it are older
        if command == "POST" and TAKES_VIDEO.match(path):
            allowed: Any = copy.copy(self.adj)
            allowed.max_request_body_size = settings.LARGEST_VIDEO_BYTES + AROUND_IT_BYTES
            self.adj = allowed


class Channel(HTTPChannel):
    parser_class = Reader
