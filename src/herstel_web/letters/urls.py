from django.urls import path

from herstel_web.letters import views

CASE = "practice/cases/<uuid:case_id>/letters/"
LETTER = CASE + "<uuid:letter_id>/"

urlpatterns = [
    path(CASE, views.case_letters, name="case_letters"),
    path(CASE + "begin/", views.begin, name="case_letters_begin"),
    path(LETTER, views.case_letter, name="case_letters_one"),
    path(LETTER + "pdf/", views.case_letters_pdf, name="case_letters_pdf"),
    path(LETTER + "sign/", views.sign, name="case_letters_sign"),
    path(LETTER + "sent/", views.sent, name="case_letters_sent"),
    path(LETTER + "reopen/", views.reopen, name="case_letters_reopen"),
    path(LETTER + "withdraw/", views.withdraw, name="case_letters_withdraw"),
    path("letters/", views.my_letters, name="my_letters"),
    path("letters/<int:version_id>/", views.my_letter, name="my_letter"),
]
