"""Addresses of the text."""

from django.urls import path

from filage_web.script import views

app_name = "script"
urlpatterns = [path("", views.page, name="page")]
