"""Addresses of who sees a record."""

from django.urls import path

from herstel_web.sharing import practice_views, record_views, views

INVITE = "practice/cases/<uuid:case_id>/invite/"
urlpatterns = [
    path("my-data/share/", views.share, name="share"),
    path("record/<str:token>/", record_views.record_invitation, name="record_invitation"),
    path(INVITE, practice_views.invite, name="case_invite"),
    path(f"{INVITE}send/", practice_views.send, name="case_invite_send"),
    path(f"{INVITE}withdraw/", practice_views.withdraw, name="case_invite_withdraw"),
]
