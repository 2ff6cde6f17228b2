from django.urls import path

from herstel_web.sharing import views

urlpatterns = [
    path("my-data/share/", views.share, name="share"),
]
