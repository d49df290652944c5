"""Addresses of the field."""

from django.urls import URLPattern

from jembol.field import area, carried, checkin, door, outreach_pages, photos

app_name = "field"
urlpatterns: list[URLPattern] = [
    *checkin.paths,
    *door.paths,
    *carried.paths,
    *area.paths,
    *photos.paths,
    *outreach_pages.paths,
]
