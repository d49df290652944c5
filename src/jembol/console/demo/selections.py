"""After the programme: one coming class for each way of giving seats by a published rule."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from jembol.console.demo.names import name_of
from jembol.console.demo.programme import is_grown
from jembol.console.demo.sign_ins import MALANG
from jembol.console.demo.stage import Resident, Stage, Town
from jembol.journal.by import By
from jembol.kit.reach import Reach
from jembol.places.models import Area
from jembol.registry import actions as registry
from jembol.training import actions as training
from jembol.training.choices import ConditionKind, Door, QuotaKind, SelectionKind
from jembol.training.models import Class, Course
from jembol.training.rules import Condition, Day, Share

_SOURCE: Final = "DTSEN contoh (rekaan)"
_OPENED_DAYS_AGO: Final = 8

_FIRST: Final = (
    "Kursi diberikan menurut waktu mendaftar yang dicatat komputer kantor. Kalau penuh, Anda masuk "
    "daftar tunggu. Kursi yang kosong lagi ditawarkan kepada urutan pertama yang dapat "
    "menempatinya; yang tidak menjawab tepat waktu keluar dari daftar."
)
_NEED: Final = (
    "Kursi diberikan menurut poin kebutuhan yang tertulis di bawah. Poin yang sama: yang mendaftar "
    "lebih dulu. Yang belum terpilih menjadi daftar tunggu menurut poinnya."
)
_LOTS: Final = (
    "Kursi diundi setelah pendaftaran ditutup. Sidik rahasia undian terbit sebelum itu, dan "
    "rahasianya sesudahnya, sehingga siapa saja dapat mengundi ulang dan mendapat hasil yang sama."
)


@transaction.atomic
def select_by_rules(stage: Stage) -> None:
    """Open three classes, let people sign up, and draw the one whose window is over."""
    town = stage.towns[MALANG]
    grown = [one for one in town.residents if is_grown(one, stage.today)]
    chosen = stage.lots("selections").sample(grown, 46)
    _note_deciles(stage, town, chosen[8:20])
    _first_come(stage, town, chosen[:8])
    _by_need(stage, town, chosen[8:24])
    _by_lot(stage, town, chosen[24:])
    stage.tell(_("Three classes with a published rule"))


def _first_come(stage: Stage, town: Town, people: Sequence[Resident]) -> None:
    """Six seats, one of them given with a reason; one was given back and is offered."""
    opened = _open(stage, town, "ecoprint", "Ecoprint untuk pemula", seats=6, after_days=12)
    _rule(stage, town, opened, SelectionKind.FIRST_COME, _FIRST, closes_in_days=6)
    training.override(
        training_class=opened,
        person=people[0].person,
        why="Pendamping peserta penyandang disabilitas.",
        by=stage.officer(town, 7),
        door=Door.DESK,
    )
    _apply(stage, town, opened, people[1:])
    _sign_up(stage, town, opened)
    seat = opened.registrations.select_related("person", "training_class").order_by("pk")[1]
    training.withdraw(
        registration=seat, why="Bersamaan dengan acara keluarga.", by=stage.officer(town, 0)
    )


def _by_need(stage: Stage, town: Town, people: Sequence[Resident]) -> None:
    """Eight seats for sixteen people, drawn by points yesterday."""
    opened = _open(stage, town, "kue-kering", "Kue kering menurut kebutuhan", 8, after_days=10)
    _rule(
        stage,
        town,
        opened,
        SelectionKind.NEED_SCORE,
        _NEED,
        closes_in_days=-2,
        weights={
            "decile_1": 40, "decile_2": 30, "decile_3": 20, "decile_4": 10, "no_business": 15,
            "never_trained": 15,
        },
    )  # fmt: skip
    _apply(stage, town, opened, people)
    training.draw_seats(training_class=opened, by=stage.officer(town, 1))


def _by_lot(stage: Stage, town: Town, people: Sequence[Resident]) -> None:
    """Ten seats for twenty-two people; the secret is fixed, and registration still open."""
    opened = _open(
        stage, town, "konten-media-sosial", "Konten media sosial, diundi", 10, after_days=18
    )
    _rule(
        stage,
        town,
        opened,
        SelectionKind.LOTTERY,
        _LOTS,
        closes_in_days=8,
        conditions=[Condition(ConditionKind.AGE, low=17)],
        shares=[Share(QuotaKind.WOMEN, "", 4, None), Share(QuotaKind.KECAMATAN, "35.73.05", 1, 5)],
    )
    training.commit_to_secret(
        training_class=opened, by=stage.officer(town, _OPENED_DAYS_AGO, hour=10)
    )
    _apply(stage, town, opened, people)


def _open(stage: Stage, town: Town, course: str, title: str, seats: int, after_days: int) -> Class:
    by = stage.officer(town, _OPENED_DAYS_AGO)
    day = Day(stage.today + timedelta(days=after_days), time(9), time(15))
    opened = training.open_class(
        course=Course.objects.get(slug=course),
        title=title,
        area=Area.objects.get(code=town.code),
        organiser="office",
        days=[day],
        seats=seats,
        by=by,
    )
    training.publish(training_class=opened, by=by)
    return opened


def _rule(
    stage: Stage,
    town: Town,
    opened: Class,
    kind: SelectionKind,
    text: str,
    *,
    closes_in_days: int,
    **more: object,
) -> None:
    rule = training.RuleText(
        kind=kind,
        text=text,
        opens_at=stage.moment(_OPENED_DAYS_AGO),
        closes_at=_evening(stage, closes_in_days),
        offer_hours=48,
        **more,  # type: ignore[arg-type]
    )
    training.write_rule(training_class=opened, rule=rule, by=stage.officer(town, _OPENED_DAYS_AGO))


def _evening(stage: Stage, days_ahead: int) -> datetime:
    """Return the evening of a day before or after the reference day."""
    then = stage.moment(0, hour=0) + timedelta(days=days_ahead)
    return then.replace(hour=20, minute=0, second=0, microsecond=0)


def _apply(stage: Stage, town: Town, opened: Class, people: Sequence[Resident]) -> None:
    for place, one in enumerate(people):
        by = stage.officer(town, max(6 - place // 4, 3), hour=10)
        training.apply(training_class=opened, person=one.person, by=by, door=Door.DESK)


def _sign_up(stage: Stage, town: Town, opened: Class) -> None:
    """Let one citizen sign up on the public page."""
    lots = stage.lots("selection sign-up")
    home = next(one.person.area for one in town.residents if one.invented.rt is not None)
    name = name_of(lots, is_woman=True)
    by = By(
        kind="citizen",
        id=None,
        label=name,
        at=stage.moment(2, hour=19),
        door="public",
        reach=Reach.of([town.area.key]),
    )
    training.sign_up_by_rule(
        training_class=opened,
        name=name,
        phone=stage.numbers.phone().e164,
        area=home,
        by=by,
    )


def _note_deciles(stage: Stage, town: Town, people: Sequence[Resident]) -> None:
    """Note invented deciles of some; of the others it is not known."""
    lots = stage.lots("deciles")
    for one in people:
        registry.note_decile(
            person=one.person,
            decile=lots.randint(1, 7),
            as_of=stage.today - timedelta(days=40),
            source=_SOURCE,
            by=stage.officer(town, _OPENED_DAYS_AGO + 1),
        )
