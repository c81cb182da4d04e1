"""Addresses of the preview."""

from django.urls import path

from filage_web.preview import views

app_name = "preview"
urlpatterns = [
    path("", views.confirm, name="confirm"),
    path("remede/<slug:finding>/<int:rank>/", views.remedy, name="remedy"),
    path("annuler/<int:number>/", views.undo_write, name="undo"),
]
