"""Addresses of the desk."""

from django.urls import URLPattern

from jembol.desk import accounts, board, gallery, intake, journal, places, registry, training

app_name = "desk"
urlpatterns: list[URLPattern] = [
    *board.paths,
    *registry.paths,
    *training.paths,
    *intake.paths,
    *places.paths,
    *accounts.paths,
    *journal.paths,
    *gallery.paths,
]
