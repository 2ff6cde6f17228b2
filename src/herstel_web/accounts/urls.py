"""Addresses of an account that allauth does not have."""

from django.urls import path

from herstel_web.accounts import views

urlpatterns = [path("settings/", views.settings_page, name="account")]
