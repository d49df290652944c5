"""`jembol tool link --engine spark` gives the groups of one machine, or says what it lacks."""

import csv
import importlib.util
import shutil
import sys

import pytest
from bench.linkage.register import rows, write
from bench.linkage.styles import STYLES
from django.core.management import CommandError, call_command

LACKING = [name for name in ("pyspark", "pyarrow") if importlib.util.find_spec(name) is None]
LACKING += [] if shutil.which("java") else ["java"]
on_spark = pytest.mark.skipif(bool(LACKING), reason=f"not installed here: {', '.join(LACKING)}")
# Spark leaves sockets and processes to the end of the interpreter.
spark_warns = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::UserWarning")


def lines_of(path):
    with path.open(encoding="utf-8") as file:
        return sorted(csv.reader(file))


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    folder = tmp_path_factory.mktemp("register")
    write(
        rows(STYLES["c"], ("wanasari",), (1500, 3000), 5), folder / "people.csv", folder / "truth"
    )
    return folder / "people.csv"


@on_spark
@spark_warns
def test_a_cluster_writes_the_same_line_for_every_record(people, tmp_path):
    call_command("tool", "link", str(people), out=tmp_path / "one.csv")
    call_command(
        "tool", "link", str(people), out=tmp_path / "many.csv", engine="spark", master="local[2]"
    )

    assert len(lines_of(tmp_path / "one.csv")) == 3001
    assert lines_of(tmp_path / "many.csv") == lines_of(tmp_path / "one.csv")


@on_spark
@spark_warns
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nama\nSiti\n", "no column record_id"),
        ("record_id,nama\na,Siti\na,Joko\n", "two records have the id 'a'"),
        ("record_id,nama\na,Siti,x,y\nb,Joko\n", "unlike lengths"),
    ],
)
def test_a_list_that_cannot_be_linked_is_refused_on_a_cluster_too(text, told, tmp_path):
    people = tmp_path / "people.csv"
    people.write_text(text, encoding="utf-8")

    with pytest.raises(CommandError, match=told) as refusal:
        call_command(
            "tool", "link", str(people), out=tmp_path / "x.csv", engine="spark", master="local[1]"
        )
    assert refusal.value.returncode == 2


@pytest.mark.parametrize("missing", ["pyspark", "pyarrow"])
def test_without_its_package_it_says_what_to_install(missing, people, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, missing, None)
    for name in list(sys.modules):
        if name.startswith("jembol.methods.linkage.spark."):
            monkeypatch.delitem(sys.modules, name)

    with pytest.raises(CommandError, match=r"install jembol\[spark\]") as refusal:
        call_command("tool", "link", str(people), out=tmp_path / "x.csv", engine="spark")
    assert refusal.value.returncode == 2


def test_without_java_it_says_what_to_install(people, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr("jembol.console.programs.link_on_cluster.import_module", lambda _name: None)

    with pytest.raises(CommandError, match="Java 17") as refusal:
        call_command("tool", "link", str(people), out=tmp_path / "x.csv", engine="spark")
    assert refusal.value.returncode == 2
