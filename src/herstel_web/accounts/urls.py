"""Addresses of an account that allauth does not have, or has less safe."""

from allauth.account.decorators import reauthentication_required
from allauth.usersessions.views import list_usersessions
from django.urls import path

from herstel_web.accounts import views

urlpatterns = [
    path("settings/", views.settings_page, name="account"),
    # Everybody may look where they are signed in; ending other sessions asks once more who it is.
    path("sessions/", reauthentication_required(list_usersessions, allow_get=True), name="usersessions_list"),
]
