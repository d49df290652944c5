"""Addresses of the citizens' pages."""

from django.urls import URLPattern

from jembol.public import certificates, classes, health, privacy

app_name = "public"
urlpatterns: list[URLPattern] = [
    *classes.paths,
    *certificates.paths,
    *privacy.paths,
    *health.paths,
]
