"""Writing files: whole or not at all, with the mode that its owner chose, and never in place of something else."""

from __future__ import annotations

import errno
import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ggztriage.cli.app import run
from ggztriage.errors import Fout
from ggztriage.files import _WHY, make_folder, reason, whole_file, write_atomically

ROOT = Path(__file__).resolve().parents[1]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(params=[0o022, 0o077, 0o002], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def test_a_new_file_gets_what_the_umask_leaves(tmp_path: Path, umask: int) -> None:
    write_atomically(tmp_path / "bewijs.json", "Één.\n")
    assert (tmp_path / "bewijs.json").read_bytes() == "Één.\n".encode()
    assert mode(tmp_path / "bewijs.json") == 0o666 & ~umask
    assert list(tmp_path.iterdir()) == [tmp_path / "bewijs.json"]


@pytest.mark.parametrize("was", [0o600, 0o640, 0o666, 0o755], ids=oct)
def test_a_file_that_was_there_keeps_its_mode(tmp_path: Path, umask: int, was: int) -> None:
    path = tmp_path / "bewijs.json"
    path.write_text("oud")
    path.chmod(was)
    with whole_file(path) as stream:
        beside = next(other for other in tmp_path.iterdir() if other != path)
        assert mode(beside) & ~was == 0, "nobody may read more of it, not even for a moment"
        stream.write(b"nieuw")
    assert (path.read_text(), mode(path)) == ("nieuw", was), oct(umask)


def test_a_file_keeps_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "bewijs.json"
    path.write_text("oud")
    owner = (12345, 23456) if os.getuid() == 0 else (os.getuid(), os.getgid())  # only root may give files away
    os.chown(path, *owner)
    path.chmod(0o640)
    write_atomically(path, "nieuw")
    assert ((path.stat().st_uid, path.stat().st_gid), mode(path)) == (owner, 0o640)


def test_a_link_stays_and_what_it_points_to_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "elders"
    folder.mkdir()
    target, link, far = folder / "echt.md", tmp_path / "link.md", tmp_path / "ver.md"
    target.write_text("oud")
    target.chmod(0o600)
    link.symlink_to("elders/echt.md")
    far.symlink_to(link)
    write_atomically(far, "nieuw")
    assert far.is_symlink()
    assert link.is_symlink()
    assert (target.read_text(), mode(target)) == ("nieuw", 0o600)
    assert list(folder.iterdir()) == [target]


def test_a_link_to_nothing_yet_makes_the_file(tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to("nieuw.md")
    write_atomically(tmp_path / "link.md", "nieuw")
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "nieuw.md").read_text() == "nieuw"


def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(Fout, match=r"/a: Deze verwijzing .* komt bij zichzelf uit"):
        write_atomically(tmp_path / "a", "x")
    assert (tmp_path / "a").is_symlink()


def test_a_pipe_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pijp"
    os.mkfifo(pipe)
    (tmp_path / "link").symlink_to(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    for path in (pipe, tmp_path / "link"):
        write_atomically(path, "door de pijp")
        assert os.read(reader, 100) == b"door de pijp"
    os.close(reader)
    assert stat.S_ISFIFO(pipe.lstat().st_mode)


def device(folder: Path) -> Path:
    """Something like /dev/null; of our own where we could damage the real one."""
    if os.getuid() != 0:
        return Path(os.devnull)
    os.mknod(folder / "niets", stat.S_IFCHR | 0o666, os.makedev(1, 3))
    return folder / "niets"


@pytest.mark.parametrize("linked", [False, True])
def test_a_device_stays_a_device(tmp_path: Path, capsys: pytest.CaptureFixture[str], *, linked: bool) -> None:
    path = device(tmp_path)
    before = path.lstat()
    (tmp_path / "link").symlink_to(path)
    code = run(["exporteer", "json-schema", "--naar", str(tmp_path / "link" if linked else path)])
    assert code == 0 or "Dit mag niet" in capsys.readouterr().err  # some file systems do not let devices be opened
    assert stat.S_ISCHR(path.lstat().st_mode)
    assert path.lstat().st_ino == before.st_ino
    assert (tmp_path / "link").is_symlink()


def program(*words: str, **more: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "ggztriage", *words]
    return subprocess.run(command, check=False, capture_output="stdout" not in more, **more)


@pytest.mark.parametrize("naar", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_standard_output_by_its_name_is_standard_output(tmp_path: Path, naar: str) -> None:
    before = Path("/dev/stdout").readlink()
    piped = program("exporteer", "json-schema", "--naar", naar)
    assert (piped.returncode, piped.stderr) == (0, b"")
    assert piped.stdout.startswith(b"{")
    with (tmp_path / "uit.json").open("wb") as stream:
        stream.write(b"ervoor\n")
        stream.flush()
        assert program("exporteer", "json-schema", "--naar", naar, stdout=stream).returncode == 0
        stream.write(b"erna\n")
    assert (tmp_path / "uit.json").read_bytes() == b"ervoor\n" + piped.stdout + b"erna\n"
    assert Path("/dev/stdout").readlink() == before


def test_a_folder_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    for path in (tmp_path, tmp_path / "link"):
        with pytest.raises(Fout) as caught:
            write_atomically(path, "x")
        assert caught.value.meldingen == [(str(path), "Dit is een map. Noem een bestand.")]
    assert run(["exporteer", "json-schema", "--naar", str(tmp_path)]) == 2
    assert capsys.readouterr().err == f"{tmp_path}: Dit is een map. Noem een bestand.\n"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = tmp_path / "weg" / "x.json"
    with pytest.raises(Fout, match=rf"{path}: .* de map ervan bestaat niet"):
        write_atomically(path, "x")
    (tmp_path / "bestand").write_text("x")
    with pytest.raises(Fout, match="bestand en geen map"):
        write_atomically(tmp_path / "bestand" / "x.json", "x")
    with pytest.raises(Fout, match="bestaat al"):
        make_folder(tmp_path / "bestand")
    with pytest.raises(Fout, match="te lang"):
        write_atomically(tmp_path / ("x" * 300), "x")


def test_a_name_as_long_as_it_may_be(tmp_path: Path) -> None:
    path = tmp_path / ("é" * 127)
    write_atomically(path, "x")
    write_atomically(path, "y")
    assert path.read_text() == "y"


def test_what_breaks_off_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "verslag.md"
    path.write_text("oud")

    def broken(stop: BaseException) -> None:
        with whole_file(path) as stream:
            stream.write(b"half")
            raise stop

    for stop in (KeyboardInterrupt(), RuntimeError(), OSError(errno.ENOSPC, "of another file")):
        with pytest.raises(type(stop)):
            broken(stop)
        assert path.read_text() == "oud"
        assert list(tmp_path.iterdir()) == [path]


def test_a_program_that_is_killed_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "verslag.md"
    path.write_text("oud")
    code = (
        "import os, signal, sys; from pathlib import Path; from ggztriage.files import whole_file\n"
        "with whole_file(Path(sys.argv[1])) as stream:\n"
        "    stream.write(b'half'); stream.flush(); os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    assert subprocess.run([sys.executable, "-c", code, str(path)], check=False).returncode < 0
    assert path.read_text() == "oud"


def test_it_is_on_disk_before_it_takes_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    sync, replace = os.fsync, Path.replace

    def synced(descriptor: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        sync(descriptor)

    def replaced(self: Path, target: Path) -> Path:
        done.append("replace")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", replaced)
    write_atomically(tmp_path / "x", "x")
    assert done == ["file", "replace", "folder"]


@pytest.mark.parametrize(("number", "words"), [(errno.ENOSPC, "De schijf is vol"), (errno.EDQUOT, "De schijf is vol")])
def test_a_full_disk_is_called_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], number: int, words: str
) -> None:
    def full(_: int) -> None:
        raise OSError(number, "No space left on device")

    path = tmp_path / "schema.json"
    path.write_text("oud")
    monkeypatch.setattr(os, "fsync", full)
    assert run(["exporteer", "json-schema", "--naar", str(path)]) == 2
    assert capsys.readouterr().err.startswith(f"{path}: {words}.")
    assert path.read_text() == "oud"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_device_is_named_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["exporteer", "json-schema", "--naar", "/dev/full"]) == 2
    assert capsys.readouterr().err == "/dev/full: De schijf is vol. Maak ruimte vrij of kies een andere plek.\n"


def test_a_file_that_may_not_be_written_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "vast.md"
    path.write_text("oud")
    path.chmod(0o400)
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere
    with pytest.raises(Fout, match="mag niet met uw rechten"):
        write_atomically(path, "nieuw")
    assert path.read_text() == "oud"


ENGLISH = re.compile(
    r"\b(the|file|directory|no|not|permission|denied|disk|too|space|device|error|operation)\b", re.IGNORECASE
)


def test_every_reason_is_dutch() -> None:
    for number in (*errno.errorcode, 99_999):
        text = reason(OSError(number, os.strerror(number)))
        assert text.endswith("."), text
        assert not ENGLISH.search(text), text
    assert len(_WHY) > 10


def test_nothing_else_in_the_program_writes_files() -> None:
    """A second way of writing forgets what this one knows: the umask, the mode, links, devices, a full disk."""
    writing = re.compile(
        r"\.write_(?:text|bytes)\(|open\((?:[^()]*,)?\s*[\"'][wxa]|mkstemp|NamedTemporaryFile|os\.replace"
    )
    found = {
        f"{path.relative_to(ROOT)}:{number}"
        for path in (ROOT / "src").rglob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if writing.search(line) and path.name != "files.py"
    }
    assert found == set()
