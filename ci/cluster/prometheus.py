# SPDX-License-Identifier: Apache-2.0
"""Prometheus: it reads the pods whose annotations say so, and the gateway."""

from pathlib import Path

from ci.cluster.cluster import Cluster
from ci.cluster.probes import answers
from ci.tools import programs

_POD = "__meta_kubernetes_pod"
_ANNOTATION = f"{_POD}_annotation_prometheus_io"
Rule = dict[str, object]


def up(cluster: Cluster) -> None:
    settings = cluster.settings
    config = cluster.write_json(
        "prometheus.json", scraping(settings.kubeconfig, settings.local("gateway-metrics"))
    )
    arguments = [
        *(f"--config.file={config}", f"--web.listen-address={settings.local('prometheus')}"),
        f"--storage.tsdb.path={cluster.folder('prometheus')}",
        # By default the last value counts for five minutes, also of a pod that is no more.
        *("--query.lookback-delta=15s", "--log.level=warn"),
    ]
    daemon = cluster.daemons.start("prometheus", programs.path("prometheus"), arguments)
    cluster.daemons.wait(daemon, lambda: answers(settings.local("prometheus"), "/-/ready"), 30)


def scraping(kubeconfig: Path, gateway: str) -> dict[str, object]:
    """The configuration; Prometheus reads YAML, and so JSON."""
    pods = {
        "job_name": "pods",
        "kubernetes_sd_configs": [{"role": "pod", "kubeconfig_file": str(kubeconfig)}],
        "relabel_configs": _rules(),
    }
    traefik = {"job_name": "gateway", "static_configs": [{"targets": [gateway]}]}
    return {
        "global": {"scrape_interval": "2s", "scrape_timeout": "2s"},
        "scrape_configs": [pods, traefik],
    }


def _rules() -> list[Rule]:
    """A pod is found once for each of its ports; what these make the same is read once."""
    return [
        {"action": "keep", "source_labels": [f"{_ANNOTATION}_scrape"], "regex": "true"},
        {"action": "drop", "source_labels": [f"{_POD}_phase"], "regex": "Pending|Succeeded|Failed"},
        _label("__metrics_path__", "(.+)", f"{_ANNOTATION}_path"),
        _label("__address__", r"(.+:\d+)", f"{_POD}_ip", f"{_ANNOTATION}_port"),
        _label("namespace", "(.+)", "__meta_kubernetes_namespace"),
        _label("pod", "(.+)", f"{_POD}_name"),
    ]


def _label(name: str, regex: str, *sources: str) -> Rule:
    """The label is what the sources hold, with colons between them, if it looks as it must."""
    return {"target_label": name, "source_labels": sources, "separator": ":", "regex": regex}
