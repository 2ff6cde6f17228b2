"""Every address of the site. No address holds an answer."""

from django.urls import include, path
from django.views.i18n import set_language

from herstel_web import plain
from herstel_web.access import public

urlpatterns = [
    path("", include("herstel_web.self_check.urls")),
    path("", include("herstel_web.practice.urls")),
    path("", include("herstel_web.people.urls")),
    path("", include("herstel_web.sharing.urls")),
    path("", include("herstel_web.recovery.urls")),
    path("", include("herstel_web.training.urls")),
    path("practice/", include("herstel_web.casework.urls")),
    path("", include("herstel_web.analysis.urls")),
    path("", include("herstel_web.filming.urls")),
    path("", include("herstel_web.planning.urls")),
    path("", include("herstel_web.follow_up.urls")),
    path("", include("herstel_web.outcomes.urls")),
    path("", include("herstel_web.letters.urls")),
    path("", include("herstel_web.library.urls")),
    path("", include("herstel_web.goals.urls")),
    path("", include("herstel_web.operation.urls")),
    path("account/", include("herstel_web.accounts.urls")),
    path("", include("herstel_web.correspondence.urls")),
    path("", include("herstel_web.booking.urls")),
    path("practice/agenda/", include("herstel_web.booking.practice_urls")),
    path("account/", include("allauth.urls")),
    path("home/", plain.home, name="home"),
    path("language/", public(set_language), name="language"),
    path("components/", plain.components, name="components"),
    path("robots.txt", plain.robots, name="robots"),
]

handler400 = "herstel_web.plain.bad_request"
handler403 = "herstel_web.plain.not_allowed"
handler404 = "herstel_web.plain.not_found"
handler429 = "herstel_web.plain.too_often"
handler500 = "herstel_web.plain.server_error"
