"""Addresses of the tests and the chain of a case."""

from django.urls import path

from herstel_web.analysis import views_chain, views_score, views_tests

CASE = "practice/cases/<uuid:case_id>"
urlpatterns = [
    path(f"{CASE}/chain/", views_chain.chain, name="case_chain"),
    path(f"{CASE}/chain/judge/", views_chain.judge, name="case_chain_judge"),
    path(f"{CASE}/tests/", views_tests.choose, name="case_chain_tests"),
    path(f"{CASE}/tests/<slug:test_id>/", views_tests.one_test, name="case_chain_test"),
    path(f"{CASE}/tests/<slug:test_id>/look/", views_tests.look, name="case_chain_test_look"),
    path(f"{CASE}/tests/<slug:test_id>/save/", views_tests.save, name="case_chain_test_save"),
    path(f"{CASE}/tests/<slug:test_id>/score/", views_score.score, name="case_chain_test_score"),
    path(f"{CASE}/tests/<slug:test_id>/<int:fact_id>/", views_tests.correct, name="case_chain_test_correct"),
]
