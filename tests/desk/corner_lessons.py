"""What hangs on the class of a corner after it was taught, each text with its canary."""

import io

from PIL import Image

from city import NOW
from jembol.training import actions as training
from jembol.training.rules.aftermath import FEW_OPINIONS


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


def picture():
    """A small picture."""
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "#0f5c52").save(drawn, "PNG")
    return drawn.getvalue()
