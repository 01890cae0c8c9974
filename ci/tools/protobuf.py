# SPDX-License-Identifier: Apache-2.0
"""Makes the descriptors of the gRPC messages: python -m ci.tools.protobuf [--check]."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from google.protobuf.descriptor_pb2 import FileDescriptorSet

from ci.tools.tree import ROOT

PROTO = ROOT / "runtime" / "velaserve_runtime" / "protocol" / "proto"
DESCRIPTORS = PROTO / "descriptors.binpb"


def compiled() -> FileDescriptorSet:
    """Descriptors of every file in PROTO, imported ones first.

    Raises:
        CalledProcessError: protoc refuses a file; it has written why.
    """
    sources = sorted(path.name for path in PROTO.glob("*.proto"))
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "descriptors.binpb"
        command = [sys.executable, "-m", "grpc_tools.protoc", f"-I{PROTO}", *sources]
        subprocess.run([*command, f"--descriptor_set_out={target}"], check=True)
        return FileDescriptorSet.FromString(target.read_bytes())


def main(check: bool) -> int:
    fresh = compiled()
    if DESCRIPTORS.exists() and FileDescriptorSet.FromString(DESCRIPTORS.read_bytes()) == fresh:
        return 0
    name = DESCRIPTORS.relative_to(ROOT)
    print(f"{name}: {'stale, run python -m ci.tools.protobuf' if check else 'written'}")
    if not check:
        DESCRIPTORS.write_bytes(fresh.SerializeToString(deterministic=True))
    return int(check)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
