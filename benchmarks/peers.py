"""The peers' own environment: made once from pinned requirements, so that none of them is a dependency of ours.

python benchmarks/peers.py    makes benchmarks/.venv-peers, or leaves it as it is when the requirements are the same
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = HERE / ".venv-peers"
REQUIREMENTS = HERE / "peers-requirements.txt"


def python() -> Path:
    """Return the interpreter of the peers, after making their environment where it is missing or out of date."""
    interpreter = HOME / "bin" / "python"
    stamp = HOME / "requirements.sha256"
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    if interpreter.exists() and stamp.exists() and stamp.read_text() == wanted:
        return interpreter
    venv.create(HOME, with_pip=True, clear=True)
    (HOME / ".gitignore").write_text("*\n")
    command = [str(interpreter), "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", str(REQUIREMENTS)]
    subprocess.run(command, check=True, stdout=sys.stderr)
    stamp.write_text(wanted)
    return interpreter


if __name__ == "__main__":
    print(python())
