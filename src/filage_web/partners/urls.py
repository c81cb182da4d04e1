"""Addresses of partners."""

from django.urls import path

from filage_web.partners import importing, views

app_name = "partners"
urlpatterns = [
    path("", views.page, name="page"),
    path("importer/", importing.drop, name="import"),
    path("<slug:company>/", views.partner, name="partner"),
]
