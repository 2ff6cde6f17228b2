"""How often something may be asked that costs us or others something.

The count is kept by the process that answers; with several processes each counts for itself.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.http import HttpRequest, HttpResponse
from django_ratelimit.core import is_ratelimited

from herstel_web import plain
from herstel_web.logs import security

V = TypeVar("V", bound=Callable[..., HttpResponse])


def limited(group: str, rate: str, method: str = "POST") -> Callable[[V], V]:
    """At most ``rate`` (such as "20/h") of these for each user, or each address for who is not signed in.

    Stands below the decorators of ``access``. More is answered by a page that says why, with status 429.
    """

    def decorate(view: V) -> V:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponse:
            if is_ratelimited(request, group=group, key="user_or_ip", rate=rate, method=method, increment=True):
                security(f"limit reached: {group}")
                return plain.too_often(request)
            return view(request, *args, **parts)

        return cast("V", guarded)

    return decorate
