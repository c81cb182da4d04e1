"""Addresses of the intention."""

from django.urls import path

from filage_web.intent import interview_views, views, writing_views

app_name = "intent"
urlpatterns = [
    path("", views.page, name="page"),
    path("entretien/", interview_views.interview, name="interview"),
    path("entretien/<slug:topic>/", interview_views.answer, name="answer"),
    path("ecrits/nouveau/", writing_views.add_writing, name="add_writing"),
    path("ecrits/<slug:writing>/", writing_views.page, name="writing"),
    path("ecrits/<slug:writing>/marquer/", writing_views.mark, name="mark"),
    path("ecrits/<slug:writing>/version/", writing_views.version, name="version"),
    path("ecrits/<slug:writing>/retirer/", writing_views.remove, name="remove_writing"),
    path("passages/<slug:mark>/retirer/", writing_views.unmark, name="unmark"),
]
