from django.urls import path

from herstel_web.self_check import views

urlpatterns = [
    path("", views.start, name="start"),
    path("check/", views.go_on, name="go_on"),
    path("check/<slug:question_id>/", views.question, name="question"),
    path("act-now/", views.act_now, name="act_now"),
    path("emergency/", views.emergency, name="emergency"),
    path("answers/", views.answers, name="answers"),
    path("result/", views.result, name="result"),
    path("result/pdf/", views.result_pdf, name="result_pdf"),
    path("look-again/", views.look_again, name="look_again"),
    path("start-over/", views.start_over, name="start_over"),
    path("start-over/undo/", views.undo, name="undo"),
]
