"""Addresses of the financing plan."""

from django.urls import path

from filage_web.funding import views

app_name = "funding"
urlpatterns = [path("", views.page, name="page")]
