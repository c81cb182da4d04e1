"""Addresses of the doors to a new production."""

from django.urls import path

from filage_web.creation import views

urlpatterns = [
    path("nouvelle/", views.new_production, name="new_production"),
    path("nouvelle/dossier/", views.new_from_dossier, name="new_from_dossier"),
    path("nouvelle/dossier/choisir/", views.decide_import, name="decide_import"),
    path("nouvelle/texte/", views.new_from_script, name="new_from_script"),
    path("nouvelle/texte/creer/", views.create_script, name="create_from_script"),
]
