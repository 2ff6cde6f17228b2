"""Articles to read, for everybody; and the figures of the exercises."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from herstel_web.access import public
from herstel_web.language import current_language, language_of
from herstel_web.library import bridge, pages

A_WEEK_S = 7 * 24 * 60 * 60
FIGURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""A figure is an image with its own style sheet, which moves it; opened by itself it can do nothing else."""


@public
@require_safe
def learn(request: HttpRequest) -> HttpResponse:
    """The list of articles."""
    return render(request, "library/learn.html", {"articles": pages.listed(current_language()), "base": _base(request)})


@public
@require_safe
def article(request: HttpRequest, article_id: str) -> HttpResponse:
    """One article."""
    found = bridge.articles().get(article_id)
    if found is None:
        raise Http404
    page = pages.article_page(found, current_language())
    return render(request, "library/article.html", {"page": page, "base": _base(request)})


def _base(request: HttpRequest) -> str:
    """A person who is signed in keeps the tabs."""
    return "person_base.html" if hasattr(request.user, "person") else "base.html"


@public
@require_safe
def figure(request: HttpRequest, exercise_id: str, language: str) -> HttpResponse:
    """The figure of an exercise as an image, moving or ``?still``; the language in the address lets it be kept."""
    if not bridge.has_figure(exercise_id):
        raise Http404
    response = HttpResponse(
        bridge.figure(exercise_id, language_of(language), moving="still" not in request.GET),
        content_type="image/svg+xml",
    )
    response.headers["Content-Security-Policy"] = FIGURE_POLICY
    response.headers["Cache-Control"] = f"public, max-age={A_WEEK_S}"
    return response
