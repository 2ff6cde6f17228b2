"""Addresses of the practice's side of a case, below ``practice/``."""

from django.urls import path

from herstel_web.casework import views

urlpatterns = [
    path("", views.work_list, name="work_list"),
    path("desk/", views.desk, name="desk"),
    path("cases/<uuid:case_id>/", views.case_page, name="case"),
    path("cases/<uuid:case_id>/assign/", views.assign, name="case_assign"),
]
