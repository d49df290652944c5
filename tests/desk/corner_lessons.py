"""What hangs on the class of a corner after it was taught, each text with its canary."""

import io
from datetime import timedelta

from city import NOW
from jembol.files.actions import store
from jembol.kit.money import Rupiah
from jembol.training import actions as training
from jembol.training.choices import SelectionKind
from jembol.training.models import PlacedClass, Placing
from jembol.training.rules import Cost, Day
from jembol.training.rules.aftermath import FEW_OPINIONS
from pictures import picture


def teach(opened, seat, canary, by):
    """Write a test, give opinions, keep a film, a photograph, an outcome and a group."""
    question = {"text": f"{canary} Soal", "choices": [f"{canary} Ya", f"{canary} Tidak"]}
    exam = training.set_exam(
        training_class=opened, moment="pre", key="A", questions=[question], by=by
    )
    training.set_exam(training_class=opened, moment="post", key="AB", by=by)
    training.note_answers(exam=exam, given={seat.pk: "B"}, by=by)
    for _time in range(FEW_OPINIONS):
        training.give_opinion(
            training_class=opened,
            scales={"useful": 5, "clear": 4, "place": 3},
            mentors={opened.mentors.order_by("pk").first().pk: 5},
            liked=f"{canary} Baik",
            better=f"{canary} Kurang",
            signed=f"{canary} Nama",
            by=by,
        )
    training.add_material(
        training_class=opened, title=f"{canary} Bahan", content=picture(), name="resep.png", by=by
    )
    training.add_photo(
        training_class=opened,
        content=io.BytesIO(picture()),
        name=f"{canary}.png",
        caption=f"{canary} Foto",
        ground="agreed",
        by=by,
    )
    training.note_outcome(
        registration=seat, kind="recipe", what=f"{canary} Resep", on=NOW.date(), by=by
    )
    training.form_group_out(
        training_class=opened, name=f"{canary} Alumni", registrations=[seat.pk], by=by
    )
    put_papers_together(opened, canary, by)
    place_together(opened.area, canary, by)


def put_papers_together(opened, canary, by):
    """Plan a cost, write minutes, name something for everybody, and keep a pack."""
    cost = Cost("5.1", "food", f"{canary} Nasi kotak", 2, "kotak", Rupiah(15_000))
    line = training.add_cost(training_class=opened, cost=cost, by=by)
    training.note_spending(
        cost_line=line, amount=30_000, paid_on=NOW.date(), paid_to=f"{canary} Warung", by=by
    )
    training.write_minutes(training_class=opened, text=f"{canary} Uraian", by=by)
    training.number_letter(
        training_class=opened, kind="acara", number=f"{canary}/1", on=NOW.date(), by=by
    )
    training.add_hand_over(
        training_class=opened, what=f"{canary} Celemek", quantity=1, unit="buah", by=by
    )
    pack = training.order_pack(training_class=opened, size="a4", by=by)
    files = [
        store(content, name=f"{canary}.pdf", audience="official", area_key=opened.area_id, by=by)
        for content in (b"%PDF-1.7 " + canary.encode(), picture())
    ]
    training.keep_pack(pack=pack, pdf=files[0], archive=files[1], missing=1, by=by)


def place_together(here, canary, by):
    """Two classes by need whose registration is closed, given at once; nobody applied."""
    classes = []
    for number in range(2):
        opened = training.open_class(
            course=training.seed_courses(by=by)["ecoprint"],
            title=f"{canary} Kebutuhan {number}",
            area=here,
            organiser="office",
            days=[Day(NOW.date() + timedelta(days=40))],
            seats=1,
            by=by,
        )
        rule = training.RuleText(
            kind=SelectionKind.NEED_SCORE,
            text=f"{canary} Paling perlu",
            opens_at=NOW - timedelta(days=3),
            closes_at=NOW - timedelta(hours=1),
        )
        training.write_rule(training_class=opened, rule=rule, by=by)
        classes.append(opened)
    training.order_placing(training_classes=classes, most_share=None, by=by)


def placing_of(area_key):
    """The placing of the classes of an area."""
    return Placing.objects.get(
        pk__in=PlacedClass.objects.filter(training_class__area=area_key).values("placing")
    )
