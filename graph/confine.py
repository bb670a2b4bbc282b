"""What the process that runs people's queries can reach at all: no network, and no file outside the store.

A second wall behind `graph.allow`, kept by the kernel: should a query that reaches out ever pass the check, there is
nothing to reach. Linux has what it takes since 5.13 (Landlock, see the kernel's userspace-api/landlock.rst; the
numbers of its calls are the same on every architecture) and namespaces for the network; where the kernel offers less
the check stands alone.
"""

import contextlib
import ctypes
import os
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

_NEW_PRIVILEGES = 38
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_CREATE, _ADD, _RESTRICT = 444, 445, 446
_READ = 1 << 2 | 1 << 3
_RIGHTS_BY_ABI = ((1, 0x1FFF), (2, 0x3FFF), (3, 0x7FFF))
"""What can be done to files, by version of Landlock: read, write, execute, make, remove; then refer, then truncate."""
_TCP = 0b11
_TCP_SINCE = 4


def confine(store: Path) -> tuple[str, ...]:
    """Take the network and all files save the store's and Python's from this process, and never give them back.

    The cache of the embedded engine in the store stays writable. Returns what was taken: "network", "files", both or
    neither. To be called while the process has one thread.
    """
    if sys.platform != "linux":
        return ()
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    taken = []
    if libc.unshare(_NEW_NETWORK) == 0 or libc.unshare(_NEW_USER | _NEW_NETWORK) == 0:
        taken.append("network")
    cache = store / "cypher"
    if (store / "FORMAT").is_file():
        with contextlib.suppress(OSError):
            cache.mkdir(exist_ok=True)
    if _keep_to(libc, reading=[store, *_python()], writing=[cache]):
        taken.append("files")
    return tuple(taken)


def _python() -> set[Path]:
    """Return where modules and what they are linked with lie: they are loaded when first needed."""
    roots = {sys.prefix, sys.base_prefix, *sys.path, "/usr/lib", "/lib", "/lib64", "/usr/share/zoneinfo"}
    return {Path(root) for root in roots if root and root != "/"}


def _keep_to(libc: ctypes.CDLL, reading: Iterable[Path], writing: Iterable[Path]) -> bool:
    abi = int(libc.syscall(_CREATE, None, ctypes.c_size_t(0), 1))
    if abi < 1:
        return False
    rights = next(mask for since, mask in reversed(_RIGHTS_BY_ABI) if abi >= since)
    rules = struct.pack("=QQ", rights, _TCP) if abi >= _TCP_SINCE else struct.pack("=Q", rights)
    ruleset = int(libc.syscall(_CREATE, rules, ctypes.c_size_t(len(rules)), 0))
    if ruleset < 0:
        return False
    try:
        for path, allowed in [*((path, _READ) for path in reading), *((path, rights & ~1) for path in writing)]:
            with contextlib.suppress(OSError):
                held = os.open(path, os.O_PATH | os.O_CLOEXEC)
                try:
                    kept = allowed if path.is_dir() else allowed & ~(1 << 3)
                    libc.syscall(_ADD, ruleset, 1, struct.pack("=Qi", kept & rights, held), 0)
                finally:
                    os.close(held)
        libc.prctl(_NEW_PRIVILEGES, 1, 0, 0, 0)
        return int(libc.syscall(_RESTRICT, ruleset, 0)) == 0
    finally:
        os.close(ruleset)
