"""Addresses of partners."""

from django.urls import path

from filage_web.partners import views

app_name = "partners"
urlpatterns = [
    path("", views.page, name="page"),
    path("<slug:company>/", views.partner, name="partner"),
]
