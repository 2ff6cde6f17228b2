from django.urls import path

from herstel_web.recovery import views

urlpatterns = [
    path("progress/", views.progress, name="progress"),
    path("chain/", views.chain, name="chain"),
]
