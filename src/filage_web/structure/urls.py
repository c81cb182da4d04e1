"""Addresses of the structure's sheet."""

from django.urls import path

from filage_web.structure import views

app_name = "structure"
urlpatterns = [path("", views.page, name="page")]
