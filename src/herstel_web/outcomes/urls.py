"""Addresses of the outcomes of a practice."""

from django.urls import path

from herstel_web.outcomes import views

urlpatterns = [
    path("practice/outcomes/", views.outcomes, name="outcomes"),
    path("practice/outcomes/figures.csv", views.outcomes_csv, name="outcomes_csv"),
]
