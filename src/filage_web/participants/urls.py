"""Addresses of a production's private links."""

from django.urls import path

from filage_web.participants import views

app_name = "participants"
urlpatterns = [
    path("", views.page, name="page"),
    path("creer/", views.make, name="make"),
    path("<int:link>/retirer/", views.revoke, name="revoke"),
    path("agenda/creer/", views.make_feed, name="make_feed"),
    path("agenda/<int:feed>/retirer/", views.revoke_feed, name="revoke_feed"),
]
