"""Taking files in: typed by their bytes, kept once, whole or not at all."""

import io

import pytest
from django.db import IntegrityError
from uploads import BY, HOSTILE, MALANG, NOON, REAL

from jembol.files import actions, shelf
from jembol.files.actions import store
from jembol.files.choices import WORKBOOKS, Audience, MediaType
from jembol.files.errors import FileEmpty, FileMissing, FileTooBig, FileTypeRefused
from jembol.files.models import StoredFile

pytestmark = pytest.mark.django_db
CSV = REAL["csv"][0]


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    return settings.FILES_ROOT


def keep(content=CSV, **more):
    words = {"name": "peserta.csv", "audience": Audience.OFFICIAL, "area_key": MALANG, "by": BY}
    return store(content, **{**words, **more})


def content_of(file):
    with shelf.open_file(file) as opened:
        return opened.read()


def on_disk(root):
    return sorted(path for path in root.rglob("*") if path.is_file()) if root.exists() else []


@pytest.mark.parametrize("kind", REAL)
def test_the_bytes_say_the_type_and_the_name_does_not(kind):
    content, media_type = REAL[kind]

    file = keep(content, name="peserta.pdf" if kind != "pdf" else "peserta.xlsx")

    assert file.media_type == media_type
    assert content_of(file) == content


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_proves_no_type_is_refused_whatever_its_name(kind, root):
    with pytest.raises(FileTypeRefused, match=r"peserta\.xlsx"):
        keep(HOSTILE[kind], name="peserta.xlsx")

    assert not StoredFile.objects.exists()
    assert on_disk(root) == []


def test_a_type_that_is_not_wanted_here_is_refused_and_named():
    with pytest.raises(FileTypeRefused) as refusal:
        keep(REAL["png"][0], name="peserta.xlsx", allowed=WORKBOOKS)

    assert refusal.value.params["media_type"] == MediaType.PNG
    assert str(MediaType.PNG.label) in str(refusal.value)
    assert str(MediaType.ODS.label) in str(refusal.value)


def test_a_file_of_the_limit_is_taken_and_one_byte_more_is_not(root):
    assert keep(b"x" * 100, limit=100).size == 100

    with pytest.raises(FileTooBig):
        keep(b"y" * 101, limit=100)

    assert len(on_disk(root)) == 1


def test_a_giant_is_refused_without_being_read():
    class Giant(io.RawIOBase):
        asked = 0

        def read(self, size=-1):
            assert size >= 0
            self.asked += size
            return b"x" * size

    giant = Giant()

    with pytest.raises(FileTooBig):
        keep(giant, limit=1000)

    assert giant.asked == 1001


def test_an_empty_file_is_refused():
    with pytest.raises(FileEmpty):
        keep(b"")


def test_the_same_content_lies_once_on_the_disk_for_two_rows(root):
    one = keep(name="a.csv")
    other = keep(io.BytesIO(CSV), name="b.csv")

    assert one.pk != other.pk
    assert [path.name for path in on_disk(root)] == [one.digest]
    assert (one.name, one.uploaded_by, one.at, one.area_key) == ("a.csv", 7, NOON, MALANG)


def test_a_sealed_file_cannot_be_read_on_the_disk_and_opens_through_the_vault(root):
    file = keep(sealed=True)

    (path,) = on_disk(root)
    assert b"Siti" not in path.read_bytes()
    assert content_of(file) == CSV


def test_what_needs_a_stated_reason_is_always_sealed():
    assert keep(audience=Audience.SPECIFIC).sealed

    with pytest.raises(IntegrityError):
        StoredFile.objects.update(sealed=False)


def test_sealed_and_open_copies_of_one_content_do_not_meet(root):
    sealed, plain = keep(sealed=True), keep()

    assert len(on_disk(root)) == 2
    assert content_of(sealed) == content_of(plain) == CSV


def test_a_crash_after_the_bytes_leaves_no_row_and_the_next_try_succeeds(monkeypatch, root):
    def crash(file):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(actions, "_kept", crash)
        with pytest.raises(KeyboardInterrupt):
            keep()
    rows_after_crash = StoredFile.objects.count()
    again = keep()

    assert rows_after_crash == 0
    assert content_of(again) == CSV


def test_a_crash_while_the_bytes_are_written_leaves_neither_row_nor_half_a_file(monkeypatch, root):
    def power_cut(_handle):
        raise OSError("no space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(shelf.os, "fsync", power_cut)
        with pytest.raises(OSError, match="no space"):
            keep()

    assert not StoredFile.objects.exists()
    assert on_disk(root) == []


def test_a_missing_content_is_named_with_the_remedy(root):
    file = keep()
    (path,) = on_disk(root)
    path.unlink()

    with pytest.raises(FileMissing, match=r"peserta\.csv"):
        shelf.open_file(file)
