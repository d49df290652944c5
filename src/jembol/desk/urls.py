"""Addresses of the desk."""

from django.urls import URLPattern

from jembol.desk import (
    accounts,
    attendance,
    board,
    classes,
    consents,
    credentials,
    doubts,
    enterprises,
    gallery,
    groups,
    handovers,
    intake,
    journal,
    merges,
    navigation,
    participation,
    past,
    people,
    people_entry,
    places,
    quality,
    seats,
)

app_name = "desk"
urlpatterns: list[URLPattern] = [
    *navigation.paths,
    *board.paths,
    *people_entry.paths,
    *past.paths,
    *people.paths,
    *consents.paths,
    *enterprises.paths,
    *groups.paths,
    *handovers.paths,
    *merges.paths,
    *classes.paths,
    *seats.paths,
    *attendance.paths,
    *participation.paths,
    *doubts.paths,
    *intake.paths,
    *places.paths,
    *accounts.paths,
    *credentials.paths,
    *journal.paths,
    *quality.paths,
    *gallery.paths,
]
