# SPDX-License-Identifier: Apache-2.0
"""A shell that evaluates what is printed finds the cluster."""

import subprocess
from pathlib import Path

from ci.cluster.settings import read_settings
from ci.cluster.shell import exports


def test_lines_are_for_a_shell_whatever_the_folder_is_called(tmp_path: Path) -> None:
    state = tmp_path / "my $cluster"
    settings = read_settings({"VELASERVE_CLUSTER_STATE": str(state)})
    script = f'{exports(settings)}printf "%s\\n" "$KUBECONFIG" "$PATH" "$PROMETHEUS"'
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True)
    kubeconfig, path, prometheus = done.stdout.splitlines()
    assert kubeconfig == f"{state}/kubeconfig"
    assert path.startswith(f"{state}/bin:")
    assert prometheus == settings.prometheus
