"""Addresses of the cash plan."""

from django.urls import path

from filage_web.cash import views

app_name = "cash"
urlpatterns = [
    path("", views.page, name="page"),
    path("exporter/<slug:form>/", views.export, name="export"),
]
