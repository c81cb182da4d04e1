"""Addresses of the tasks and of the availability asked."""

from django.urls import path

from filage_web.tasks import availability_views, form_views, usual_views, views

app_name = "tasks"
urlpatterns = [
    path("", views.page, name="page"),
    path("ajouter/", form_views.add, name="add"),
    path("modeles/", usual_views.usual, name="usual"),
    path("decaler/", usual_views.shift, name="shift"),
    path("disponibilites/", availability_views.answers, name="answers"),
    path("disponibilites/demander/", availability_views.ask, name="ask"),
    path("disponibilites/lien/", availability_views.link, name="link"),
    path("disponibilites/retirer/", availability_views.withdraw, name="withdraw"),
    path("tache/<slug:task>/", form_views.edit, name="edit"),
    path("tache/<slug:task>/etat/", views.state, name="state"),
    path("tache/<slug:task>/cocher/", views.tick, name="tick"),
    path("tache/<slug:task>/deplacer/", views.move, name="move"),
]
