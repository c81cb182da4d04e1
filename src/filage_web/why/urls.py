"""Address of the « Pourquoi ? » panel."""

from django.urls import path

from filage_web.why import views

app_name = "why"
urlpatterns = [path("<path:line>/", views.page, name="page")]
