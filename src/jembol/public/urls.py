"""Addresses of the citizens' pages."""

from django.urls import URLPattern

from jembol.public import classes, health, privacy, tickets

app_name = "public"
urlpatterns: list[URLPattern] = [*classes.paths, *privacy.paths, *tickets.paths, *health.paths]
