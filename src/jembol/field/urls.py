"""Addresses of the field."""

from django.urls import URLPattern

from jembol.field import carried, checkin, door, outreach_pages

app_name = "field"
urlpatterns: list[URLPattern] = [
    *checkin.paths,
    *door.paths,
    *carried.paths,
    *outreach_pages.paths,
]
