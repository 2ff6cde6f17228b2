"""Addresses of notes, messages and files: the practice's below ``practice/``, the person's own below ``messages/``."""

from django.urls import path

from herstel_web.correspondence import views_person, views_practice

CASE = "practice/cases/<uuid:case_id>/"
urlpatterns = [
    path(f"{CASE}notes/", views_practice.notes, name="case_notes"),
    path(f"{CASE}notes/<int:note_id>/correct/", views_practice.correct_note, name="case_note_correct"),
    path(f"{CASE}draft/", views_practice.draft, name="case_draft"),
    path(f"{CASE}messages/", views_practice.messages_page, name="case_messages"),
    path(f"{CASE}files/", views_practice.add_file, name="case_file_add"),
    path(f"{CASE}files/<uuid:file_id>/", views_practice.file, name="case_file"),
    path(f"{CASE}files/<uuid:file_id>/remove/", views_practice.remove_file, name="case_file_remove"),
    path("messages/", views_person.messages_page, name="my_messages"),
    path("messages/draft/", views_person.draft, name="my_draft"),
    path("messages/files/", views_person.add_file, name="my_file_add"),
    path("messages/files/<uuid:file_id>/", views_person.file, name="my_file"),
]
