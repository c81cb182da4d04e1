"""Addresses of the text."""

from django.urls import path

from filage_web.script import order_views, scene_views, version_views, views

app_name = "script"
urlpatterns = [
    path("", views.page, name="page"),
    path("fichier/", version_views.text, name="text"),
    path("fichier/joindre/", version_views.give_text, name="give_text"),
    path("version/<int:file>/", version_views.version, name="version"),
    path("version/<int:file>/adopter/", version_views.accept_version, name="accept_version"),
    path("version/<int:file>/renoncer/", version_views.give_up_version, name="give_up_version"),
    path("scene/<slug:scene>/", scene_views.scene, name="scene"),
    path("scene/<slug:scene>/fiche/", scene_views.edit_scene, name="edit_scene"),
    path("scene/<slug:scene>/marquer/", scene_views.tag, name="tag"),
    path("scene/<slug:scene>/propositions/", scene_views.suggestions, name="suggestions"),
    path("scene/<slug:scene>/oter/", scene_views.untag, name="untag"),
    path("ordre/", order_views.order, name="order"),
    path("ordre/ranger/", order_views.reorder, name="reorder"),
    path("ordre/composer/", order_views.compose, name="compose"),
    path("tops/", order_views.cues, name="cues"),
    path("tops/ecrire/", order_views.write_cue, name="write_cue"),
    path("tops/<slug:cue>/retirer/", order_views.remove_cue, name="remove_cue"),
]
