"""Addresses of the citizens' pages."""

from django.urls import URLPattern

from jembol.public import certificates, classes, health, privacy, taking_part

app_name = "public"
urlpatterns: list[URLPattern] = [
    *classes.paths,
    *taking_part.paths,
    *certificates.paths,
    *privacy.paths,
    *health.paths,
]
from jembol.public import classes, health, privacy, selection

app_name = "public"
urlpatterns: list[URLPattern] = [*classes.paths, *selection.paths, *privacy.paths, *health.paths]
