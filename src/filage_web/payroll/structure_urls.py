"""Addresses of a structure's pay, all its productions together."""

from django.urls import path

from filage_web.payroll import structure_views as views

urlpatterns = [
    path("", views.page, name="pay_of_structure"),
    path("fichier/<str:paper>/", views.paper, name="pay_paper_of_structure"),
]
