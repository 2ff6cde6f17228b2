from django.urls import path

from herstel_web.people import views

urlpatterns = [
    path("keep/", views.keep, name="keep"),
    path("more/", views.more, name="more"),
    path("my-data/", views.my_data, name="my_data"),
    path("my-data/correct/", views.correct, name="correct_person"),
    path("my-data/take-along/", views.take_along, name="take_along"),
    path("my-data/stop-sharing/<uuid:practice_id>/", views.stop_sharing, name="stop_sharing"),
    path("my-data/erase/", views.erase, name="erase"),
]
