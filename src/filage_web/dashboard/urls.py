"""Address of a production's front page."""

from django.urls import path

from filage_web.dashboard import views

app_name = "dashboard"
urlpatterns = [path("", views.page, name="page")]
