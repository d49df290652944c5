"""`jembol appoint USERNAME --city CODE`: a city's first administrator."""

import os
import sys
from getpass import getpass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from jembol.accounts import actions as accounts
from jembol.accounts.choices import Role
from jembol.journal.by import By
from jembol.kit.refusal import Refusal
from jembol.places import actions as places
from jembol.places.models import Area, City

PASSWORD_VARIABLE = "JEMBOL_NEW_PASSWORD"  # noqa: S105 - the name of a variable


class Command(BaseCommand):
    help = (
        "Appoint an officer in a city, an administrator unless --role says otherwise. The password "
        f"is asked for, or read from --password-file or {PASSWORD_VARIABLE}; never an argument, "
        "because every user of the machine sees those."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", required=True, help="the officer's full name")
        parser.add_argument("--city", required=True, metavar="CODE", help="for example 35.73")
        parser.add_argument("--office", default="", help="opens the city's programme, if need be")
        parser.add_argument("--role", choices=Role.values, default=Role.ADMINISTRATOR)
        parser.add_argument("--password-file", type=Path)

    def handle(self, **options: Any) -> None:
        by = By.system("jembol appoint", at=timezone.now())
        password = _password(options["password_file"])
        try:
            with transaction.atomic():
                city = _city(options["city"], options["office"], by)
                officer = accounts.appoint(
                    username=options["username"], name=options["name"], password=password, by=by
                )
                duty = accounts.assign(
                    officer=officer,
                    role=options["role"],
                    area=city,
                    starts_on=timezone.localdate(by.at),
                    by=by,
                )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{officer.username} is {Role(duty.role).label} in {city}.")


def _city(code: str, office: str, by: By) -> Area:
    city = City.objects.select_related("area").filter(area__code=code).first()
    if city is not None:
        return city.area
    if not office:
        raise CommandError(
            f"No programme runs in {code} yet. Name its office with --office to open it."
        )
    return places.open_city(code=code, office=office, by=by).area


def _password(file: Path | None) -> str:
    if file is not None:
        try:
            return file.read_text(encoding="utf-8").rstrip("\r\n")
        except OSError as problem:
            raise CommandError(f"{file} cannot be read: {problem.strerror}.") from problem
    if given := os.environ.get(PASSWORD_VARIABLE):
        return given
    return _asked()


def _asked() -> str:
    if not sys.stdin.isatty():
        raise CommandError(
            f"Nobody is there to ask for the password. Use --password-file or {PASSWORD_VARIABLE}."
        )
    password = getpass("Password: ")
    if getpass("Once more: ") != password:
        raise CommandError("The two passwords differ. Start again.")
    return password
