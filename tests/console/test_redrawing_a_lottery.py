"""`jembol redraw`: a stranger's check of a lottery."""

import pytest
from django.core.management import CommandError, call_command

from jembol.methods.draw.entries import Entry, Quota
from jembol.methods.draw.lottery import draw
from jembol.methods.draw.order import commitment
from jembol.methods.draw.published import Rule, drawn_text, entries_text, rule_text

SECRET = "5a" * 32
ENTRIES = [Entry.person(f"R{number}", ["women"] if number % 3 else []) for number in range(40)]
ENTRIES.append(Entry("G1", 6, {"women": 6}))
RULE = Rule("kelas-1", 12, (Quota("women", 5),), commitment(SECRET), title="Membatik")


@pytest.fixture
def files(tmp_path):
    texts = {
        "entries.csv": entries_text(ENTRIES),
        "rule.json": rule_text(RULE),
        "secret.txt": f"{SECRET}\n",
        "drawn.csv": drawn_text(
            ENTRIES, draw(ENTRIES, RULE.seats, RULE.quotas, SECRET, RULE.label)
        ),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def redraw(files, **options):
    names = [str(files / name) for name in ("entries.csv", "rule.json", "secret.txt")]
    call_command("redraw", *names, out=files / "again.csv", **options)


def test_the_published_list_is_drawn_again_without_a_database(files, capsys):
    redraw(files, against=files / "drawn.csv")

    assert (files / "again.csv").read_bytes() == (files / "drawn.csv").read_bytes()
    told = capsys.readouterr().err
    assert "fits the published commitment" in told
    assert "line by line" in told


def test_a_line_that_was_changed_afterwards_is_named(files):
    lines = (files / "drawn.csv").read_text(encoding="utf-8").splitlines()
    lines[7] = lines[7].replace("R", "X").replace("G", "X")
    (files / "drawn.csv").write_text("\n".join(lines), encoding="utf-8")

    with pytest.raises(CommandError, match="1 lines differ") as refused:
        redraw(files, against=files / "drawn.csv")

    assert "line 8" in str(refused.value)
    assert refused.value.returncode == 1


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("secret.txt", "another", "does not fit"),
        ("entries.csv", "entry,size,categories\nA,x,\n", "line 2, column size"),
        ("rule.json", "{", "no JSON"),
        ("entries.csv", None, "cannot be read"),
    ],
)
def test_what_cannot_be_redrawn_says_what_to_mend(files, name, text, told):
    if text is None:
        (files / name).unlink()
    else:
        (files / name).write_text(text, encoding="utf-8")

    with pytest.raises(CommandError, match=told) as refused:
        redraw(files)

    assert refused.value.returncode == 2
    assert not (files / "again.csv").exists()
