"""Addresses of the history."""

from django.urls import path

from filage_web.history import views

app_name = "history"
urlpatterns = [
    path("", views.page, name="page"),
    path("<int:number>/annuler/", views.undo_moment, name="undo"),
]
