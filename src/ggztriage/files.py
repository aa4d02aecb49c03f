"""Writing files so that nobody ever finds half of one, and nothing is replaced that is not a file.

Every file that this program writes for somebody goes through ``whole_file``: a test keeps it so.
"""

from __future__ import annotations

import errno
import io
import os
import re
import secrets
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from ggztriage.errors import Fout

_NEW = 0o666
_MOST_LINKS = 40
_NAME = 40
_REMEDY = "Controleer de naam, de map en de rechten."
_FULL = "De schijf is vol. Maak ruimte vrij of kies een andere plek."
_FORBIDDEN = "Dit mag niet met uw rechten. Kies een andere plek, of vraag wie de map beheert."
_WHY: Mapping[int, str] = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: "Dit bestand wordt te groot voor deze plek. Kies een andere plek.",
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EROFS: "Hier kan alleen worden gelezen. Kies een andere plek.",
    errno.ENOENT: "Dit bestand of de map ervan bestaat niet. Controleer de naam en de map.",
    errno.ENOTDIR: "Een deel van deze naam is een bestand en geen map. Controleer de naam.",
    errno.EISDIR: "Dit is een map. Noem een bestand.",
    errno.EEXIST: "Dit bestaat al. Kies een andere naam.",
    errno.ENAMETOOLONG: "Deze naam is te lang. Kies een kortere.",
    errno.ELOOP: "Deze verwijzing (link) komt bij zichzelf uit. Noem het bestand zelf.",
    errno.EIO: "De schijf geeft een storing. Kies een andere plek.",
    errno.ETXTBSY: "Dit bestand is in gebruik. Sluit het andere programma, of kies een andere naam.",
    errno.EBUSY: "Dit bestand is in gebruik. Sluit het andere programma, of kies een andere naam.",
}


def reason(problem: OSError) -> str:
    """What the machine could not do with a file, and what to do about it, in Dutch."""
    return _WHY.get(problem.errno or 0, f"Dit lukt niet. {_REMEDY}")


def write_atomically(path: Path, text: str) -> None:
    """Write ``text`` as UTF-8 to ``path``: the file is there whole, or as it was before.

    Raises:
        Fout: as ``whole_file``.
    """
    content = text.encode()
    with whole_file(path) as stream:
        stream.write(content)


def make_folder(folder: Path) -> None:
    """Make a folder, and those around it, where they are missing.

    Raises:
        Fout: when that cannot be, with its name, the reason and the remedy.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise Fout([(str(problem.filename or folder), reason(problem))]) from None


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to write to that takes the place of ``path`` when all went well, and leaves no trace otherwise.

    What is written is on disk before it takes that place. A new file gets the mode that the umask leaves; one that
    was there keeps its own. A symbolic link stays, and what it points to is written. What is no regular file (a
    device, a pipe) is written to as it is.

    Args:
        path: where to write.

    Yields:
        a stream of bytes.

    Raises:
        Fout: when the file cannot be written there, with its name, the reason and the remedy.
        BrokenPipeError: when whoever reads a pipe is gone.
    """
    try:
        with _ours(path):
            target = _led(path)
            way = _beside if not _is_open(target) and _is_regular(target) else _direct
        with way(path, target) as stream:
            yield stream
    except BrokenPipeError:
        raise
    except OSError as problem:
        if problem.filename != str(path):
            raise  # something else that was read or written meanwhile
        raise Fout([(str(path), reason(problem))]) from None


@contextmanager
def _ours(path: Path) -> Iterator[None]:
    """Give ``path`` as its name to every problem with the file itself, so that it can be told from others."""
    try:
        yield
    except OSError as problem:
        problem.filename = str(path)
        raise


class _Raw(io.FileIO):
    """Names the file that somebody asked for when writing fails; the operating system names none then."""

    def __init__(self, descriptor: int, asked: Path) -> None:
        super().__init__(descriptor, "wb")
        self._asked = asked

    def write(self, data: Any) -> int:
        with _ours(self._asked):
            return super().write(data)


def _led(path: Path) -> Path:
    """Where ``path`` leads through links, up to what a program has open.

    Raises:
        OSError: when a link leads to itself.
    """
    for _ in range(_MOST_LINKS):
        path = Path(os.path.realpath(path.parent)) / path.name
        if _is_open(path) or not path.is_symlink():
            return path
        path = path.parent / path.readlink()
    raise OSError(errno.ELOOP, "")


def _is_open(path: Path) -> bool:
    """Whether this is the name of what a program has open, as behind ``/dev/stdout``, rather than of a file."""
    return bool(re.fullmatch(r"(/dev|/proc/.+)/fd", str(path.parent)))


def _is_regular(path: Path) -> bool:
    """Whether a new file can take the place of this one, which need not be there yet.

    Raises:
        OSError: when it is a folder, or may not be written.
    """
    if not path.exists():
        return True
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise OSError(errno.EISDIR, "")
    if not os.access(path, os.W_OK):
        raise OSError(errno.EACCES, "")
    return stat.S_ISREG(mode)


@contextmanager
def _direct(path: Path, target: Path) -> Iterator[BinaryIO]:
    """What is no regular file. What this program has open itself is not opened again: that would begin it anew."""
    with _ours(path):
        if _is_open(target) and str(target.parent) in {"/dev/fd", f"/proc/{os.getpid()}/fd"} and target.name.isdigit():
            descriptor = os.dup(int(target.name))
        else:
            descriptor = os.open(target, os.O_WRONLY)
    with io.BufferedWriter(_Raw(descriptor, path)) as stream:
        yield stream


@contextmanager
def _beside(path: Path, target: Path) -> Iterator[BinaryIO]:
    """A new file beside ``target`` that takes its place at the end."""
    with _ours(path):
        was = target.stat() if target.exists() else None
        temporary = target.with_name(f".{target.name[:_NAME]}.{secrets.token_hex(6)}.deel")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        descriptor = os.open(temporary, flags, stat.S_IMODE(was.st_mode) if was else _NEW)
    try:
        with io.BufferedWriter(_Raw(descriptor, path)) as stream:
            yield stream
            with _ours(path):
                stream.flush()
                if was:
                    _keep(temporary, was)
                os.fsync(stream.fileno())
        with _ours(path):
            temporary.replace(target)
            _sync(target.parent)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _keep(temporary: Path, was: os.stat_result) -> None:
    """Give the new file the owner and mode of the old one, as far as this user may."""
    now = temporary.stat()
    if hasattr(os, "chown") and (now.st_uid, now.st_gid) != (was.st_uid, was.st_gid):
        with suppress(PermissionError):
            os.chown(temporary, was.st_uid, was.st_gid)
    temporary.chmod(stat.S_IMODE(was.st_mode))


def _sync(folder: Path) -> None:
    """Put the name of a new file on disk as well, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with suppress(OSError):  # a folder that may be written but not read; a file system that cannot
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
