"""Addresses of the follow-up."""

from django.urls import path

from filage_web.follow import expenses, importing, views

app_name = "follow"
urlpatterns = [
    path("", views.page, name="page"),
    path("a-affecter/", expenses.inbox, name="inbox"),
    path("a-affecter/<slug:expense>/", expenses.put, name="put"),
    path("depenses/", expenses.listed, name="expenses"),
    path("depenses/photo/", expenses.photograph, name="photograph"),
    path("depenses/photo/<int:file>/", expenses.typed, name="typed"),
    path("depenses/image/<int:file>/", expenses.picture, name="picture"),
    path("depenses/<slug:expense>/payee/", expenses.pay, name="pay"),
    path("importer/", importing.choose, name="import"),
    path("importer/<int:file>/", importing.reading, name="reading"),
    path("commandes/", views.orders, name="orders"),
    path("commandes/<slug:commitment>/solder/", views.close, name="close"),
    path("releve/", views.take_snapshot, name="snapshot"),
    path("exporter/<slug:form>/", views.export, name="export"),
    path("ligne/<path:line>/pourquoi/<slug:figure_name>/", views.reason, name="reason"),
    path("ligne/<path:line>/", views.line, name="line"),
]
