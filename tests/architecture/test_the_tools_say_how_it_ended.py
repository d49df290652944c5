"""tools/test.py counts honestly, and tools/install.py does each step once."""

import importlib.util
import sys

import pytest
from source_tree import ROOT

sys.path.insert(0, str(ROOT / "tools"))
import install


@pytest.fixture
def runner(tmp_path, monkeypatch):
    spec = importlib.util.spec_from_file_location("run_tests", ROOT / "tools/test.py")
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "run_tests", module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "LOGS", tmp_path)
    return module


def ended(runner, **logs):
    """Runs by name with what they said and how they ended; return the closing line."""
    results = {}
    for name, (code, text) in logs.items():
        run = runner.Run(name, name, "x")
        run.log.write_text(text)
        results[run] = code
    return runner.closing_line(results, 61.5)


def test_the_closing_line_adds_the_runs_up(runner):
    line = ended(
        runner,
        sqlite=(0, "....\n10 passed, 2 deselected in 3.00s\n"),
        postgres=(1, "..F\nFAILED x\n1 failed, 9 passed, 1 error in 70.01s (0:01:10)\n"),
    )

    assert line == "===== 1 failed, 19 passed, 1 error in 61.50s ====="


@pytest.mark.parametrize("text", ["", "Segmentation fault\n", "....", "ERROR: no such option\n"])
def test_a_run_that_broke_counts_as_an_error(runner, text):
    line = ended(runner, sqlite=(0, "5 passed in 1.00s\n"), postgres=(3, text))

    assert line == "===== 5 passed, 1 error in 61.50s ====="


def test_a_run_without_a_test_is_an_error(runner):
    line = ended(runner, browser=(5, "no tests ran in 0.10s\n"))

    assert "1 error" in line


def test_a_step_is_remembered_only_after_it_was_done(tmp_path, monkeypatch):
    calls = []
    monkeypatch.setattr(install, "pip", lambda _python, *words: calls.append(words[-1]))
    stamps = install.Stamps(tmp_path / "installed.json")

    install.install_locked("python", "dev", stamps)
    install.install_locked("python", "dev", install.Stamps(tmp_path / "installed.json"))
    install.install_locked("python", "run", install.Stamps(tmp_path / "installed.json"))

    assert calls == ["requirements/dev.txt"]


def test_a_step_that_failed_is_done_again(tmp_path, monkeypatch):
    def fail(_python, *_words):
        raise ConnectionError

    monkeypatch.setattr(install, "pip", fail)
    stamps = install.Stamps(tmp_path / "installed.json")
    with pytest.raises(ConnectionError):
        install.install_locked("python", "run", stamps)

    assert stamps.get("run") is None


def test_a_missing_package_is_named_in_one_line(monkeypatch):
    monkeypatch.setattr(install, "_as_root", lambda: None)

    with pytest.raises(install.Stop) as stopped:
        install.apt_install("chromium")

    assert str(stopped.value).endswith("apt-get install chromium")
    assert "\n" not in str(stopped.value)


def test_a_folder_that_is_no_environment_is_never_removed(tmp_path):
    precious = tmp_path / "precious"
    precious.mkdir()

    with pytest.raises(install.Stop):
        install.make_environment(precious)

    assert precious.is_dir()
