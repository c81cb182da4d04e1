"""Addresses of accounts, members and links; allauth's own are under `/compte/`."""

from django.urls import path

from filage_web.accounts import views

urlpatterns = [
    path("compte/", views.account, name="account"),
    path("entrer/<str:token>/", views.enter, name="enter"),
    path("invitation/<str:token>/", views.join, name="join"),
    path("s/<slug:structure>/membres/", views.members, name="members"),
    path("s/<slug:structure>/membres/inviter/", views.invite_member, name="invite_member"),
    path("s/<slug:structure>/membres/<int:membership>/role/", views.set_role, name="set_role"),
    path("s/<slug:structure>/membres/<int:membership>/retirer/", views.remove, name="remove_member"),
    path("s/<slug:structure>/invitations/<int:invitation>/annuler/", views.cancel, name="cancel_invitation"),
]
