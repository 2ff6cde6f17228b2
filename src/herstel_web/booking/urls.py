"""Addresses of appointments. The first part is the person's, the second, below ``practice/``, that of a practice."""

from django.urls import path

from herstel_web.booking import own_views, views, waiting_views

NEW = "appointments/new/<uuid:practice_id>/"
KIND = NEW + "<int:kind_id>/"
ONE = "appointments/<uuid:appointment_id>/"

urlpatterns = [
    path("appointments/", own_views.appointments, name="appointments"),
    path("appointments/calendar/", own_views.calendar_address, name="appointments_calendar"),
    path("appointments/new/", views.choose_practice, name="appointment_new"),
    path(NEW, views.choose_kind, name="appointment_kind"),
    path(KIND, views.choose_time, name="appointment_time"),
    path(KIND + "confirm/", views.confirm, name="appointment_confirm"),
    path(KIND + "wait/", waiting_views.join, name="appointment_wait"),
    path("appointments/waiting/<int:entry_id>/leave/", waiting_views.leave, name="appointment_stop_waiting"),
    path("appointments/offers/<uuid:offer_id>/", waiting_views.offer, name="appointment_offer"),
    path(ONE, own_views.appointment, name="appointment"),
    path(ONE + "move/", own_views.move, name="appointment_move"),
    path(ONE + "cancel/", own_views.cancel, name="appointment_cancel"),
    path(ONE + "appointment.ics", own_views.calendar_file, name="appointment_file"),
    path("calendars/<str:token>.ics", own_views.calendar_feed, name="calendar_feed"),
]
