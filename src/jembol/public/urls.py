"""Addresses of the citizens' pages."""

from django.urls import URLPattern

from jembol.public import classes, health, privacy, selection

app_name = "public"
urlpatterns: list[URLPattern] = [*classes.paths, *selection.paths, *privacy.paths, *health.paths]
