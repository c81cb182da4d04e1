"""Addresses of the calendar."""

from django.urls import path

from filage_web.planning import agenda, block_views, event_views, pages

app_name = "planning"
urlpatterns = [
    path("", pages.page, name="page"),
    path("poser/", event_views.add, name="add"),
    path("coller/", event_views.paste, name="paste"),
    path("importer/", agenda.import_agenda, name="agenda"),
    path("journees/", block_views.blocks, name="blocks"),
    path("journees/garder/", block_views.keep_day, name="keep_day"),
    path("journees/<slug:template>/poser/", block_views.lay, name="lay"),
    path("repeter/", block_views.repeat, name="recurring"),
    path("bloc/", block_views.block, name="block"),
    path("plan-b/", block_views.plan, name="plan"),
    path("date/<slug:event>/", event_views.event, name="event"),
    path("date/<slug:event>/deplacer/", event_views.move, name="move"),
    path("date/<slug:event>/verifier/", event_views.check, name="check"),
    path("date/<slug:event>/verrouiller/", event_views.lock, name="lock"),
    path("date/<slug:event>/annuler/", event_views.cancel, name="cancel"),
    path("date/<slug:event>/retirer/", event_views.remove, name="remove"),
]
