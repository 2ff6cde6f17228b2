"""Where a page of filming stands: with the person themselves, or with a case in a practice."""

from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpRequest
from django.urls import reverse

from herstel_web.access import Member
from herstel_web.accounts.models import User
from herstel_web.cases.case_header import CaseHeader, case_header
from herstel_web.cases.models import Case
from herstel_web.cases.queries import Standing
from herstel_web.practice.rights import Right

OWN, PRACTICE = "chain_film", "case_chain_film"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """``member`` is None when the person looks at their own."""

    request: HttpRequest
    case: Case
    member: Member | None = None

    @property
    def own(self) -> bool:
        return self.member is None

    @property
    def user(self) -> User:
        return cast("User", self.request.user)

    @property
    def may_write(self) -> bool:
        return self.member is None or self.member.may(Right.WRITE_RECORDS)

    @property
    def may_judge(self) -> bool:
        """Who may enter tests may say that one that was filmed counts."""
        return self.member is not None and self.member.may(Right.WRITE_RECORDS)

    @property
    def base(self) -> str:
        """The template below which the pages stand."""
        return "filming/own_base.html" if self.own else "filming/practice_base.html"

    def header(self, now: Standing) -> CaseHeader | None:
        return case_header(self.request, self.member, self.case, now) if self.member else None

    def url(self, name: str = "", **parts: Any) -> str:
        """The address of a page of filming here: "record", "result"; "" for where a test is chosen."""
        full = f"{OWN if self.own else PRACTICE}{'_' if name else ''}{name}"
        return reverse(full, kwargs=parts if self.own else {"case_id": self.case.pk, **parts})
