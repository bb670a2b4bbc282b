"""A process that does to a pool what bad files do to theirs; the name of the file says what."""

import os
import sys
import time

from ingest import stage, worker
from ingest.outcome import Meta, Parsed


def parse(data: bytes, meta: Meta) -> Parsed:
    """Do what the name says, or parse."""
    if meta.name == "killed":
        os.kill(os.getpid(), 9)
    elif meta.name == "aborts":
        os.abort()
    elif meta.name == "leaves":
        sys.exit(3)
    elif meta.name == "sleeps":
        time.sleep(60)
    elif meta.name == "greedy":
        real, stage.read_contents = stage.read_contents, lambda *_: bytearray(1 << 36)
        try:
            return stage.parse(data, meta)
        finally:
            stage.read_contents = real
    return stage.parse(data, meta)


if __name__ == "__main__":
    worker.main(parse)
