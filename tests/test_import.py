"""Importing is only that: no module of the program, or of what makes its files, does its work when it is imported."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

PROGRAM = """
import importlib, os, pkgutil, sys
import ggztriage, scripts
from ggztriage.motor import durable_is_here

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
DONE = ("os.remove", "os.rename", "os.mkdir", "os.chmod", "subprocess.Popen", "socket.connect", "sqlite3.connect")
current = ""

def watch(event, arguments):
    if event in DONE or event == "open" and arguments[2] & WRITING:
        print(current, event, arguments, flush=True)

sys.addaudithook(watch)
for package in (ggztriage, scripts):
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        current = module.name
        if current != "ggztriage.motor.durable" or durable_is_here():
            importlib.import_module(current)
print(len(sys.modules))
"""


def test_importing_writes_and_starts_nothing() -> None:
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(ROOT)}
    for measured in [name for name in environment if name.startswith("COV")]:
        del environment[measured]  # measuring coverage opens a file of its own
    command = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    *found, imported = done.stdout.splitlines()
    assert found == []
    assert int(imported) > 500
