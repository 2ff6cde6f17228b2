"""How much a request may hold is known from its head: a video where videos are sent to, little everywhere else."""

from uuid import UUID

import pytest
from django.conf import settings
from django.urls import reverse
from waitress.adjustments import Adjustments

from herstel_web.large_requests import Reader

MB = 1024 * 1024
KNEE = ["active_knee_extension", "right"]
OWN, PRACTICE = reverse("chain_film_send", args=KNEE), reverse("case_chain_film_send", args=[UUID(int=7), *KNEE])


def refused(address: str, megabytes: int, method: str = "POST") -> bool:
    """Whether the head alone is enough to refuse it."""
    reader = Reader(Adjustments(max_request_body_size=settings.LARGEST_REQUEST_BYTES))
    head = f"{method} {address} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {megabytes * MB}\r\n\r\n"
    reader.received(head.encode())
    return reader.error is not None


@pytest.mark.parametrize("address", [OWN, PRACTICE])
def test_a_video_may_be_large_and_not_larger(address: str) -> None:
    assert not refused(address, 250)
    assert refused(address, 400)


@pytest.mark.parametrize(
    "address",
    ["/", reverse("my_file_add"), reverse("chain_film"), f"{OWN}more/", f"/x{OWN}", reverse("chain_film_consent")],
)
def test_elsewhere_what_is_large_is_refused_before_it_is_read(address: str) -> None:
    assert refused(address, 20)
    assert not refused(address, 1)


def test_only_what_is_sent_may_be_large() -> None:
    assert refused(OWN, 20, "PUT")


def test_what_one_sender_may_is_not_what_the_next_may() -> None:
    adjustments = Adjustments(max_request_body_size=settings.LARGEST_REQUEST_BYTES)
    head = f"POST {OWN} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\n"
    Reader(adjustments).received(head.encode())
    assert adjustments.max_request_body_size == settings.LARGEST_REQUEST_BYTES
