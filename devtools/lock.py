"""Write requirements.lock and requirements-dev.lock: pins with hashes, without any registry's address."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEADER = "# Written by `make lock`; install with `pip install --require-hashes -r {name}`.\n"


def compile_pins(name: str, *options: str) -> None:
    """Resolve the dependencies of pyproject.toml into the file `name`."""
    command = [
        *(sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--quiet", "--no-header"),
        *("--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"),
        *("--no-emit-find-links", "--no-annotate", *options),
    ]
    pins = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    (ROOT / name).write_text(HEADER.format(name=name) + pins)


if __name__ == "__main__":
    compile_pins("requirements.lock", "--extra", "build")
    compile_pins("requirements-dev.lock", "--extra", "build", "--extra", "dev", "--constraint", "requirements.lock")
