# SPDX-License-Identifier: Apache-2.0
"""What VS146 says."""

from __future__ import annotations

from velaserve_lint.text import Text, sentences

MESSAGES = sentences(
    spread=Text(
        "one pod at most, and no spread: set minReplicas to 2 or more",
        "最多一个 Pod 且不分散：请把 minReplicas 设为 2 或更多",
    ),
    scrape=Text("no scrape and no alerts: set one of them", "既不采集也没有告警：请设置其一"),
    labels=Text(
        "labels go on a PodMonitor or a PrometheusRule: set scrape to podMonitor, or alerts",
        "labels 用于 PodMonitor 或 PrometheusRule：请把 scrape 设为 podMonitor，或设置 alerts",
    ),
    scaling=Text(
        "'{name}' is the business of the trait autoscaler",
        "'{name}' 由运维特征 autoscaler 设置",
    ),
    fetched=Text(
        "'{name}' goes with a modelUri that is fetched, as s3:// is",
        "'{name}' 须与需要下载的 modelUri 搭配，例如 s3://",
    ),
    canary=Text(
        "KServe ignores '{name}' here: add the trait canary",
        "KServe 在此忽略 '{name}'：请添加运维特征 canary",
    ),
    ignored=Text(
        "KServe ignores '{name}' in Standard mode", "Standard 模式下 KServe 会忽略 '{name}'"
    ),
    version=Text(
        "'{name}': the runtime of the cluster has its own", "'{name}'：版本由集群中的运行时决定"
    ),
)
