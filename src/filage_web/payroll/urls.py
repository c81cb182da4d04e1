"""Addresses of a production's pay."""

from django.urls import path

from filage_web.payroll import views

app_name = "payroll"
urlpatterns = [
    path("", views.page, name="page"),
    path("heures/", views.hours, name="hours"),
    path("heures/<slug:part>/", views.shift, name="shift"),
    path("decompte/<slug:person>/", views.record, name="record"),
    path("decompte/<slug:person>/pdf/", views.record_pdf, name="record_pdf"),
    path("declarations/", views.declared, name="declared"),
    path("fichier/<str:paper>/", views.paper, name="paper"),
]
