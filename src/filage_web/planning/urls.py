"""Addresses of the calendar."""

from django.urls import path

from filage_web.planning import views

app_name = "planning"
urlpatterns = [
    path("", views.page, name="page"),
    path("poser/", views.add, name="add"),
    path("coller/", views.paste, name="paste"),
    path("date/<slug:event>/", views.event, name="event"),
    path("date/<slug:event>/deplacer/", views.move, name="move"),
    path("date/<slug:event>/annuler/", views.cancel, name="cancel"),
    path("date/<slug:event>/retirer/", views.remove, name="remove"),
]
