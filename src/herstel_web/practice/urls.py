"""Addresses of the practice."""

from django.urls import path

from herstel_web.practice import views

urlpatterns = [
    path("begin/<str:token>/", views.first_run_page, name="first_run"),
]
