"""Addresses of the budget."""

from django.urls import path

from filage_web.budget import views

app_name = "budget"
urlpatterns = [
    path("", views.page, name="page"),
    path("poste/<str:post>/", views.post_lines, name="post_lines"),
    path("case/", views.cell, name="cell"),
    path("coller/", views.paste_cells, name="paste"),
    path("annuler/", views.undo_cell, name="undo"),
    path("ligne/", views.line, name="line"),
    path("poste-nouveau/", views.add_post, name="add_post"),
    path("rendre/", views.restore, name="restore"),
]
