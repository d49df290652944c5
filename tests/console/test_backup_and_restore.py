"""A backup brings everything back or changes nothing; the doctor says what is ill."""

import hashlib
import json
import shutil
import zipfile

import pytest
from deployments import Deployment

from jembol.console import archive
from jembol.console.running import hold_running

pytestmark = pytest.mark.server

# One invented person with an invented NIK, and one stored file.
STOCK = """
import city
from io import BytesIO
from jembol.files.actions import store
from jembol.kit.nik import Nik
from jembol.registry.actions import PersonDetails, enrol
areas = city.build_areas()
details = PersonDetails(name="Bu Tarwiyah", area=areas.dinoyo, nik=Nik.parse("3573055708890001"))
enrol(details=details, by=city.system(), door="console")
store(b"nama\\nTarwiyah\\n", name="daftar.csv", audience="official",
      area_key=areas.dinoyo.key, by=city.system())
"""
ANOTHER = """
import city
from jembol.registry.actions import PersonDetails, enrol
enrol(details=PersonDetails(name="Pak Suwaji", area=city.area(city.DINOYO)), by=city.system())
"""
PEOPLE = "SELECT COUNT(*) FROM registry_person"


@pytest.fixture(scope="module")
def stocked(tmp_path_factory):
    """A deployment with two cities, one person and one file, and a backup of it."""
    made = Deployment(tmp_path_factory.mktemp("stocked"))
    made.call("migrate", "--verbosity=0")
    made.execute(STOCK)
    made.archive = made.logs / "jembol.zip"
    made.call("backup", made.archive)
    yield made
    made.end()


@pytest.fixture
def fresh(tmp_path, stocked):
    """An empty deployment that has the keys of the stocked one."""
    made = Deployment(tmp_path)
    made.state.mkdir()
    shutil.copy(stocked.state / "secrets.json", made.state)
    yield made
    made.end()


@pytest.fixture
def busy(fresh, stocked):
    """A deployment restored from the backup, in which one more person came."""
    fresh.call("restore", stocked.archive)
    fresh.execute(ANOTHER)
    return fresh


def files_of(deployment):
    folder = deployment.state / "files"
    return {
        path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_a_backup_restored_elsewhere_is_the_same_register(fresh, stocked):
    fresh.call("restore", stocked.archive)

    assert fresh.ask(PEOPLE) == "1"
    assert files_of(fresh) == files_of(stocked) != {}
    examined = fresh.call("doctor").stdout
    assert "ILL" not in examined
    assert fresh.call("verify-journal").returncode == 0


def test_without_the_keys_the_doctor_says_that_numbers_do_not_open(fresh, stocked):
    (fresh.state / "secrets.json").unlink()
    fresh.call("restore", stocked.archive)

    done = fresh.call("doctor", check=False)

    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_a_register_that_is_there_is_not_restored_over(busy, stocked):
    done = busy.call("restore", stocked.archive, check=False)

    assert done.returncode == 1
    assert "--replace" in done.stderr
    assert busy.ask(PEOPLE) == "2"


def test_replacing_brings_the_backup_back_and_keeps_the_former_register(busy, stocked):
    before = set(busy.databases())

    busy.call("restore", stocked.archive, "--replace")

    assert busy.ask(PEOPLE) == "1"
    assert files_of(busy) == files_of(stocked)
    (*_earlier, aside) = sorted(busy.state.glob("before-restore-*"))
    assert (aside / "files").is_dir()
    if busy.database:
        assert len(set(busy.databases()) - before) == 1
    else:
        assert (aside / "jembol.sqlite3").stat().st_size > 0


def cut(data):
    return data[:-1024]


def cut_in_the_middle(data):
    return data[: len(data) // 2]


def flip_in_the_database(data):
    place = len(data) // 3
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def prepend(data):
    return data[512:]


@pytest.mark.parametrize("harm", [cut, cut_in_the_middle, flip_in_the_database, prepend])
def test_a_harmed_archive_is_refused_and_changes_nothing(busy, stocked, harm):
    harmed = busy.logs / "harmed.zip"
    harmed.write_bytes(harm(stocked.archive.read_bytes()))
    busy.execute(ANOTHER)
    files = files_of(busy)

    done = busy.call("restore", harmed, "--replace", check=False)

    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert busy.ask(PEOPLE) == "3"
    assert files_of(busy) == files
    assert list(busy.state.glob("restoring-*")) == []


def test_a_running_jembol_is_not_restored_under(busy, stocked):
    with hold_running(busy.state):
        done = busy.call("restore", stocked.archive, "--replace", check=False)

    assert done.returncode == 1
    assert busy.ask(PEOPLE) == "2"


def test_a_backup_never_overwrites_and_leaves_no_half_archive(stocked):
    before = stocked.archive.read_bytes()

    done = stocked.call("backup", stocked.archive, check=False)

    assert done.returncode == 1
    assert stocked.archive.read_bytes() == before
    assert list(stocked.archive.parent.glob(".unfinished-*")) == []
    assert stocked.archive.stat().st_mode & 0o077 == 0


def test_the_doctor_names_a_lost_file_and_a_changed_one(busy):
    (stored,) = [path for path in (busy.state / "files").rglob("*") if path.is_file()]
    stored.write_bytes(b"another content\n")
    changed = busy.call("doctor", check=False)
    stored.unlink()

    lost = busy.call("doctor", check=False)

    assert (changed.returncode, lost.returncode) == (1, 1)
    assert changed.stdout != lost.stdout


def test_the_doctor_names_a_waiting_migration(tmp_path):
    untouched = Deployment(tmp_path)
    done = untouched.call("doctor", check=False)
    untouched.end()

    assert done.returncode == 1
    assert "jembol setup" in done.stdout
    assert "Traceback" not in done.stderr


# --- the archive alone ------------------------------------------------------------------------


@pytest.fixture
def small(tmp_path):
    """An archive with a database of a few bytes and two files."""
    (tmp_path / "files/ab").mkdir(parents=True)
    (tmp_path / "files/ab/one").write_bytes(b"one")
    (tmp_path / "files/two").write_bytes(b"two" * 1000)
    (tmp_path / "copy").write_bytes(b"rows")
    file = tmp_path / "small.zip"
    parts = {"database": tmp_path / "copy", "files": tmp_path / "files"}
    archive.write(file, engine="sqlite", made_at="2026-03-02", **parts)
    return file


def repacked(file, change):
    """The same archive with other members; `change` gets a dict of name and content."""
    with zipfile.ZipFile(file) as before:
        members = {name: before.read(name) for name in before.namelist()}
    change(members)
    target = file.with_name("repacked.zip")
    with zipfile.ZipFile(target, "w") as after:
        for name, content in members.items():
            after.writestr(name, content)
    return target


def test_what_is_packed_is_unpacked(small, tmp_path):
    (tmp_path / "out").mkdir()

    archive.unpack(small, tmp_path / "out", engine="sqlite")

    assert (tmp_path / "out/database").read_bytes() == b"rows"
    assert (tmp_path / "out/files/ab/one").read_bytes() == b"one"


@pytest.mark.parametrize("cut_off", [1, 2, 21, 22, 100, 1024])
def test_an_archive_without_its_last_bytes_is_unusable(small, tmp_path, cut_off):
    small.write_bytes(small.read_bytes()[:-cut_off])

    with pytest.raises(archive.Unusable):
        archive.unpack(small, tmp_path / "out", engine="sqlite")


def say_it_escapes(members):
    told = json.loads(members["manifest.json"])
    name, content = "files/../../escaped", b"x"
    told["members"].append([name, 1, hashlib.sha256(content).hexdigest()])
    members |= {name: content, "manifest.json": json.dumps(told).encode()}


@pytest.mark.parametrize(
    "change",
    [
        lambda members: members.update({"files/two": b"three"}),
        lambda members: members.update({"files/more": b"more"}),
        lambda members: members.pop("files/two"),
        lambda members: members.pop("manifest.json"),
        lambda members: members.update({"manifest.json": b"{}"}),
        say_it_escapes,
    ],
)
def test_an_archive_that_differs_from_its_manifest_is_unusable(small, tmp_path, change):
    changed = repacked(small, change)

    with pytest.raises(archive.Unusable):
        archive.unpack(changed, tmp_path / "out", engine="sqlite")

    assert not (tmp_path / "escaped").exists()


def test_an_archive_of_the_other_engine_is_refused_by_name(small, tmp_path):
    with pytest.raises(archive.Unusable, match="sqlite"):
        archive.unpack(small, tmp_path / "out", engine="postgresql")
