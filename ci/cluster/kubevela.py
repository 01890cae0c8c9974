# SPDX-License-Identifier: Apache-2.0
"""KubeVela: its built-in definitions, and vela-core as a process of this machine.

Switches are those that its chart (charts/vela-core/values.yaml) sets where the program has others.
"""

from ci.cluster import certificates, manifests, vela_webhooks
from ci.cluster.cluster import Cluster
from ci.cluster.manifests import KUBEVELA
from ci.cluster.probes import answers
from ci.tools import programs

NAMESPACE = "vela-system"
_TEMPLATES = "charts/vela-core/templates/defwithtemplate"
_EXPRESSION = '{{ include "systemDefinitionNamespace" . }}'
_GATES = ("MultiStageComponentApply", "ZstdApplicationRevision", "ZstdResourceTracker")


def up(cluster: Cluster) -> None:
    settings = cluster.settings
    cluster.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": NAMESPACE}})
    environment = {"KUBECONFIG": str(settings.kubeconfig)}
    program = programs.path("vela-core")
    daemon = cluster.daemons.start("vela-core", program, _arguments(cluster), environment)

    def ready() -> bool:
        webhook = settings.local("vela-webhook")
        return answers(settings.local("vela-health"), "/readyz") and answers(
            webhook, "/", tls=True, any_status=True
        )

    cluster.daemons.wait(daemon, ready, 60)
    # Its webhooks are asked about them where they are there from before.
    _apply_definitions(cluster)
    server = f"https://{settings.local('vela-webhook')}"
    cluster.apply(*vela_webhooks.configurations(server, certificates.authority_text(cluster)))


def _arguments(cluster: Cluster) -> list[str]:
    settings = cluster.settings
    return [
        f"--metrics-addr={settings.local('vela-metrics')}",
        f"--health-addr={settings.local('vela-health')}",
        *("--use-webhook", f"--webhook-port={settings.port('vela-webhook')}"),
        f"--webhook-cert-dir={certificates.copy_pair(cluster, 'vela-webhook', 'vela-webhook')}",
        "--optimize-disable-component-revision",
        *(f"--feature-gates={gate}=true" for gate in _GATES),
        # The chart says 5m: until then a finished Application's health and message are old.
        "--application-re-sync-period=10s",
    ]


def _apply_definitions(cluster: Cluster) -> None:
    """The chart's templates, in each of which one expression stands for the namespace."""
    files = sorted(manifests.folder(KUBEVELA, _TEMPLATES).glob("*.yaml"))
    texts = [file.read_text(encoding="utf-8").replace(_EXPRESSION, NAMESPACE) for file in files]
    apply = ("apply", "--server-side", "--force-conflicts", "--filename=-")
    cluster.kubectl(*apply, stdin="\n---\n".join(texts))
