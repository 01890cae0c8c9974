# SPDX-License-Identifier: Apache-2.0
"""KubeVela: its built-in definitions, and vela-core as a process of this machine."""

from ci.cluster import manifests
from ci.cluster.cluster import Cluster
from ci.cluster.manifests import KUBEVELA
from ci.cluster.probes import answers
from ci.tools import programs

NAMESPACE = "vela-system"
_TEMPLATES = "charts/vela-core/templates/defwithtemplate"
_EXPRESSION = '{{ include "systemDefinitionNamespace" . }}'


def up(cluster: Cluster) -> None:
    settings = cluster.settings
    cluster.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}})
    _apply_definitions(cluster)
    arguments = [
        f"--metrics-addr={settings.local('vela-metrics')}",
        f"--health-addr={settings.local('vela-health')}",
    ]
    environment = {"KUBECONFIG": str(settings.kubeconfig)}
    program = programs.path("vela-core")
    daemon = cluster.daemons.start("vela-core", program, arguments, environment)
    cluster.daemons.wait(daemon, lambda: answers(settings.local("vela-health"), "/readyz"), 60)


def _apply_definitions(cluster: Cluster) -> None:
    """The chart's templates, in each of which one expression stands for the namespace."""
    files = sorted(manifests.folder(KUBEVELA, _TEMPLATES).glob("*.yaml"))
    texts = [file.read_text(encoding="utf-8").replace(_EXPRESSION, NAMESPACE) for file in files]
    apply = ("apply", "--server-side", "--force-conflicts", "--filename=-")
    cluster.kubectl(*apply, stdin="\n---\n".join(texts))
