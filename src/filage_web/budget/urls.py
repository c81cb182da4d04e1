"""Addresses of the budget."""

from django.urls import path

from filage_web.budget import views, writing

app_name = "budget"
urlpatterns = [
    path("", views.page, name="page"),
    path("poste/<str:post>/", views.post_lines, name="post_lines"),
    path("ou/", views.where, name="where"),
    path("case/", writing.cell, name="cell"),
    path("essai/", writing.try_cell, name="try"),
    path("retirer/", writing.remove_lines, name="remove_lines"),
    path("coller/", writing.paste_cells, name="paste"),
    path("annuler/", writing.undo_cell, name="undo"),
    path("ligne/", views.line, name="line"),
    path("poste-nouveau/", views.add_post, name="add_post"),
    path("rendre/", views.restore, name="restore"),
]
