from django.urls import path

from herstel_web.library import views

urlpatterns = [
    path("learn/", views.learn, name="learn"),
    path("learn/<slug:article_id>/", views.article, name="article"),
    path("figures/<slug:exercise_id>.<str:language>.svg", views.figure, name="figure"),
]
