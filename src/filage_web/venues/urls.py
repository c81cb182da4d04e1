"""Addresses of the venues, their vehicles, and the places scouted."""

from django.urls import path

from filage_web.venues import photo_views, scouting_views, views

app_name = "venues"
urlpatterns = [
    path("", views.page, name="page"),
    path("reperages/", scouting_views.scouting, name="scouting"),
    path("reperages/<slug:scouting>/choisir/", scouting_views.choose_place, name="choose"),
    path("reperages/<slug:scouting>/rang/", scouting_views.rank, name="rank"),
    path("reperages/<slug:scouting>/photos/", photo_views.add_photos, name="photos"),
    path("reperages/<slug:scouting>/photos/<int:file>/", photo_views.photo, name="photo"),
    path(
        "reperages/<slug:scouting>/photos/<int:file>/retirer/", photo_views.remove_photo, name="remove_photo"
    ),
    path("<slug:venue>/", views.place, name="place"),
]
