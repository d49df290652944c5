"""Addresses of the citizens' pages."""

from django.urls import URLPattern

from jembol.public import (
    certificates,
    classes,
    feeds,
    health,
    messages,
    need,
    privacy,
    rt_heads,
    selection,
    taking_part,
    tickets,
)

app_name = "public"
urlpatterns: list[URLPattern] = [
    *classes.paths,
    *selection.paths,
    *taking_part.paths,
    *certificates.paths,
    *tickets.paths,
    *feeds.paths,
    *messages.paths,
    *need.paths,
    *privacy.paths,
    *rt_heads.paths,
    *health.paths,
]
