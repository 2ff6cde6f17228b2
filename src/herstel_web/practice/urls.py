"""Addresses of the practice."""

from django.urls import path

from herstel_web.practice import invitations, members, trail, views

urlpatterns = [
    path("begin/<str:token>/", views.first_run_page, name="first_run"),
    path("invitation/<str:token>/", invitations.invitation_page, name="invitation"),
    path("practice/choose/", views.choose_practice, name="choose_practice"),
    path("practice/manage/", views.details, name="practice"),
    path("practice/manage/members/", members.members, name="members"),
    path("practice/manage/members/invite/", members.invite, name="invite"),
    path(
        "practice/manage/invitations/<int:invitation_id>/withdraw/",
        members.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path("practice/manage/members/<int:membership_id>/role/", members.change_role, name="change_role"),
    path("practice/manage/members/<int:membership_id>/leave/", members.leave_page, name="leave_practice"),
    path("practice/manage/members/<int:membership_id>/end/", members.end_membership, name="end_membership"),
    path("practice/manage/members/<int:membership_id>/sign-out/", members.sign_out_member, name="sign_out_member"),
    path("practice/manage/places/", views.locations, name="locations"),
    path("practice/manage/places/<int:location_id>/", views.location_page, name="location"),
    path("practice/manage/texts/", views.texts, name="text_templates"),
    path("practice/manage/texts/<int:text_id>/", views.text_page, name="text_template"),
    path("practice/manage/texts/<int:text_id>/remove/", views.remove_text, name="remove_text_template"),
    path("practice/manage/trail/", trail.trail, name="trail"),
]
