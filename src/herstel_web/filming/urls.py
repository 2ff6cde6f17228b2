"""Addresses of filming: the person's own below ``chain/film/``, the practice's with the case."""

from django.urls import URLPattern, path

from herstel_web.filming import views_person, views_practice
from herstel_web.filming.place import OWN, PRACTICE

RECORDING = "recordings/<uuid:recording_id>/"
TEST = "<slug:movement>/<slug:leg>/"


def _addresses(views: object, below: str, name: str) -> list[URLPattern]:
    parts = {
        "consent": "consent/",
        "result": RECORDING,
        "progress": f"{RECORDING}progress/",
        "again": f"{RECORDING}again/",
        "video": f"{RECORDING}video/",
        "people": f"{RECORDING}people/",
        "points": f"{RECORDING}points/",
        "remove": f"{RECORDING}remove/",
        "judge": f"{RECORDING}judge/",
        "record": TEST,
        "send": f"{TEST}send/",
    }
    found = [path(below, views.choose, name=name)]  # type: ignore[attr-defined]
    for part, address in parts.items():
        if hasattr(views, part):
            found.append(path(f"{below}{address}", getattr(views, part), name=f"{name}_{part}"))
    return found


urlpatterns = [
    *_addresses(views_person, "chain/film/", OWN),
    *_addresses(views_practice, "practice/cases/<uuid:case_id>/film/", PRACTICE),
]
