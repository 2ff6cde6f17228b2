"""Addresses of the practice's side of a case, below ``practice/``."""

from django.urls import path

from herstel_web.casework import views_case, views_list, views_new

urlpatterns = [
    path("", views_list.work_list, name="work_list"),
    path("search/", views_list.search, name="work_list_search"),
    path("desk/", views_list.desk, name="desk"),
    path("cases/new/", views_new.new_case, name="case_new"),
    path("cases/<uuid:case_id>/", views_case.case_page, name="case"),
    path("cases/<uuid:case_id>/assign/", views_case.assign, name="case_assign"),
    path("cases/<uuid:case_id>/looked-at/", views_case.look_at, name="case_look_at"),
    path("cases/<uuid:case_id>/release/", views_case.release, name="case_release"),
    path("cases/<uuid:case_id>/assessment/", views_case.assessment, name="case_assessment"),
    path("cases/<uuid:case_id>/assessment/<str:subject>/", views_case.override, name="case_override"),
    path("cases/<uuid:case_id>/examination/", views_case.examination, name="case_examination"),
    path("cases/<uuid:case_id>/close/", views_case.close, name="case_close"),
]
