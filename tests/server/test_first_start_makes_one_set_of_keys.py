"""Server and worker start at once in an empty folder: both must hold the same keys."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from jembol.config.environment import kept_secrets


def test_processes_that_start_at_once_agree_on_the_keys(tmp_path):
    folders = [tmp_path / str(number) for number in range(20)]

    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        answers = [[pool.submit(kept_secrets, folder) for _start in range(4)] for folder in folders]

    for folder, starts in zip(folders, answers, strict=True):
        keys = [start.result() for start in starts]
        assert all(key == keys[0] for key in keys)
        assert [path.name for path in folder.iterdir()] == ["secrets.json"]
        assert (folder / "secrets.json").stat().st_mode & 0o077 == 0
