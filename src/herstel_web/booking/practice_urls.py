"""Addresses of the agenda of a practice, below ``practice/agenda/``. No name of anybody stands in them."""

from django.urls import path

from herstel_web.booking import agenda_views, planning_views

ONE = "<uuid:appointment_id>/"

urlpatterns = [
    path("", agenda_views.agenda_page, name="agenda"),
    path("book/", agenda_views.book, name="agenda_book"),
    path("block/", planning_views.block, name="agenda_block"),
    path("block/<int:absence_id>/end/", planning_views.unblock, name="agenda_unblock"),
    path("hours/", planning_views.hours, name="agenda_hours"),
    path("hours/<int:hours_id>/end/", planning_views.end_hours, name="agenda_end_hours"),
    path("settings/", planning_views.settings, name="agenda_settings"),
    path("settings/kinds/new/", planning_views.new_kind, name="agenda_new_kind"),
    path("settings/kinds/<int:kind_id>/", planning_views.kind, name="agenda_kind"),
    path("settings/places/<int:place_id>/close/", planning_views.close_place, name="agenda_close_place"),
    path("waiting/", planning_views.waiting_list, name="agenda_waiting"),
    path("waiting/<int:entry_id>/end/", planning_views.stop_waiting, name="agenda_stop_waiting"),
    path("calendar/", planning_views.calendar, name="agenda_calendar"),
    path(ONE, agenda_views.appointment, name="agenda_appointment"),
    path(ONE + "move/", agenda_views.move, name="agenda_move"),
    path(ONE + "cancel/", agenda_views.cancel, name="agenda_cancel"),
    path(ONE + "mark/", agenda_views.mark, name="agenda_mark"),
]
