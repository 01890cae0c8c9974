# SPDX-License-Identifier: Apache-2.0
"""Programs that do one thing and end."""

import subprocess
from pathlib import Path

from ci.cluster.errors import CommandFailed

_COMMAND_MAX, _SAID_MAX = 300, 2000
"""Characters of an error's text: kubectl can quote megabytes."""


def run(*command: str | Path, stdin: str | None = None) -> str:
    """What the program prints.

    Raises:
        CommandFailed: it is missing or failed; the text ends with what it said.
    """
    words = [str(word) for word in command]
    try:
        done = subprocess.run(words, input=stdin, capture_output=True, text=True, check=False)
    except OSError as err:
        raise CommandFailed(f"{words[0]} cannot be run: {err.strerror}") from err
    if done.returncode:
        said = (done.stderr or done.stdout).strip()[-_SAID_MAX:]
        command_line = " ".join(words)[:_COMMAND_MAX]
        raise CommandFailed(f"{command_line} ended with {done.returncode}:\n{said}")
    return done.stdout


def succeeds(*command: str | Path) -> bool:
    try:
        run(*command)
    except CommandFailed:
        return False
    return True
