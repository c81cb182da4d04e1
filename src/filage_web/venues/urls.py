"""Address of the venues."""

from django.urls import path

from filage_web.venues import views

app_name = "venues"
urlpatterns = [path("", views.page, name="page")]
