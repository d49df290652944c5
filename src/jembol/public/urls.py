"""Addresses of the citizens' pages."""

from django.urls import URLPattern

from jembol.public import classes, feeds, health, messages, privacy

app_name = "public"
urlpatterns: list[URLPattern] = [
    *classes.paths,
    *feeds.paths,
    *messages.paths,
    *privacy.paths,
    *health.paths,
]
