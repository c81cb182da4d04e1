"""Addresses of any fact's own page."""

from django.urls import path

from filage_web.fact_pages import views

app_name = "forms"
urlpatterns = [
    path("nouvelle/<slug:kind>/", views.add, name="add"),
    path("<slug:kind>/<slug:ident>/", views.edit, name="edit"),
    path("<slug:kind>/<slug:ident>/retirer/", views.remove, name="remove"),
]
