"""Real servers for tests: PostgreSQL and Chroma, started on loopback and ended with the test."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psycopg
import pytest

SECONDS = 60.0
REQUIRE = "NEWSDESK_REQUIRE_SERVERS"
"""If set (in CI it is), a server that is not installed fails the test instead of leaving it out."""


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A PostgreSQL server with its files in `folder`; its DATABASE_URL."""
    initdb, server = _program("initdb"), _program("postgres")
    user = _unprivileged(folder)
    port = free_port()
    data = folder / "pgdata"
    arguments = [initdb, "-D", str(data), "-U", "news", "-A", "trust", "-E", "UTF8", "--no-sync"]
    made = subprocess.run(arguments, check=False, capture_output=True, user=user, cwd=folder)
    if made.returncode:  # another pytest of root's, begun meanwhile, closes its folder to others
        pytest.fail(f"initdb failed: {made.stderr.decode(errors='replace')}")
    options = ["-D", str(data), "-p", str(port), "-h", "127.0.0.1", "-k", str(folder), "-F"]
    with (folder / "postgres.log").open("wb") as log:
        process = subprocess.Popen(
            [server, *options], stdout=log, stderr=log, user=user, cwd=folder
        )
        try:
            _wait_for_port(port, process)
            url = f"postgresql://news@127.0.0.1:{port}/postgres"
            _wait_for_answer(url)
            yield url
        finally:
            process.terminate()
            process.wait(SECONDS)


@contextmanager
def chroma(folder: Path) -> Iterator[str]:
    """A Chroma server with its files in `folder`; its CHROMA_URL."""
    port = free_port()
    program = Path(sys.executable).parent / "chroma"
    arguments = [str(program), "run", "--path", str(folder), "--port", str(port)]
    with (folder / "chroma.log").open("wb") as log:
        process = subprocess.Popen(
            [*arguments, "--host", "127.0.0.1"], stdout=log, stderr=log, cwd=folder
        )
        try:
            _wait_for_port(port, process)
            url = f"http://127.0.0.1:{port}"
            httpx.get(f"{url}/api/v2/heartbeat").raise_for_status()
            yield url
        finally:
            process.terminate()
            process.wait(SECONDS)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _program(name: str) -> str:
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    found = shutil.which(name) or next(map(str, places), None)
    if found is None:
        message = f"PostgreSQL's {name} is not installed (Debian: apt-get install postgresql)"
        if os.environ.get(REQUIRE):
            pytest.fail(message)
        pytest.skip(message)
    return found


def _unprivileged(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root: the user to run it as, who then owns `folder`."""
    if os.getuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    user = "postgres" if "postgres" in known else "nobody"
    shutil.chown(folder, user)
    for parent in folder.parents:
        if parent.stat().st_uid == 0 and not parent.stat().st_mode & 0o001:
            parent.chmod(parent.stat().st_mode | 0o011)
    return user


def _wait_for_answer(url: str) -> None:
    """A server that listens may still be starting up."""
    deadline = time.monotonic() + SECONDS
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def _wait_for_port(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"the server did not start (exit code {process.poll()})")
