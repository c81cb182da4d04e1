"""Addresses of the text."""

from django.urls import path

from filage_web.script import (
    breakdown_views,
    order_views,
    scene_views,
    storyboard_views,
    version_views,
    views,
)

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
    path("depouillement/", breakdown_views.breakdown, name="breakdown"),
    path("depouillement/partout/", breakdown_views.sort_everywhere, name="sort_everywhere"),
    path("depouillement/scene/<slug:scene>/", breakdown_views.sheet, name="sheet"),
    path("depouillement/pdf/", breakdown_views.breakdown_as_pdf, name="breakdown_pdf"),
    path("depouillement/xlsx/", breakdown_views.breakdown_as_workbook, name="breakdown_xlsx"),
    path("depouillement/presences/", breakdown_views.presence, name="presence"),
    path("elements/", breakdown_views.elements, name="elements"),
    path("elements/<slug:element>/", breakdown_views.element, name="element"),
    path("elements/<slug:element>/fondre/", breakdown_views.merge_element, name="merge_element"),
    path("elements/<slug:element>/retirer/", breakdown_views.remove_element, name="remove_element"),
    path("storyboard/", storyboard_views.storyboard, name="storyboard"),
    path("storyboard/ranger/", storyboard_views.arrange, name="arrange"),
    path("storyboard/ajouter/", storyboard_views.give_frames, name="give_frames"),
    path("storyboard/image/<slug:shot>/", storyboard_views.frame, name="frame"),
    path("ordre/", order_views.order, name="order"),
    path("ordre/ranger/", order_views.reorder, name="reorder"),
    path("ordre/composer/", order_views.compose, name="compose"),
    path("tops/", order_views.cues, name="cues"),
    path("tops/ecrire/", order_views.write_cue, name="write_cue"),
    path("tops/<slug:cue>/retirer/", order_views.remove_cue, name="remove_cue"),
]
