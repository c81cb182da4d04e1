"""Addresses of the doors to a new production."""

from django.urls import path

from filage_web.creation import copy_views, spreadsheet_views, template_views, views

urlpatterns = [
    path("nouvelle/", views.beginnings, name="beginnings"),
    path("nouvelle/vide/", views.new_production, name="new_production"),
    path("nouvelle/modele/", template_views.new_from_template, name="new_from_template"),
    path("nouvelle/tableur/", spreadsheet_views.new_from_spreadsheet, name="new_from_spreadsheet"),
    path("nouvelle/tableur/lire/", spreadsheet_views.read_spreadsheet, name="read_spreadsheet"),
    path("nouvelle/tableur/creer/", spreadsheet_views.create_spreadsheet, name="create_from_spreadsheet"),
    path("nouvelle/tableur/renoncer/", spreadsheet_views.renounce_spreadsheet, name="renounce_spreadsheet"),
    path("nouvelle/copie/", copy_views.new_from_copy, name="new_from_copy"),
    path("nouvelle/dossier/", views.new_from_dossier, name="new_from_dossier"),
    path("nouvelle/dossier/choisir/", views.decide_import, name="decide_import"),
    path("nouvelle/texte/", views.new_from_script, name="new_from_script"),
    path("nouvelle/texte/creer/", views.create_script, name="create_from_script"),
]
