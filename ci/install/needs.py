# SPDX-License-Identifier: Apache-2.0
"""The table: what an installation needs, from which version on, and how to get it."""

from collections.abc import Sequence
from dataclasses import dataclass

from ci.install.versions import Version


@dataclass(frozen=True, kw_only=True)
class Need:
    """One component."""

    name: str
    oldest: Version
    get: str
    optional: str = ""
    """What goes without it; empty where everything needs it."""


@dataclass(frozen=True, kw_only=True)
class InCluster(Need):
    """A component that is known by its resource types."""

    types: Sequence[str]
    annotation: str = ""
    """Of the first type, with the version."""
    selector: str = ""
    """The labels of its controller's Deployment."""
    image: str = ""
    """A part of the name of its controller's image; the tag is the version."""


KUBERNETES = Need(
    name="Kubernetes",
    # What KServe asks for (its site, "Kubernetes Deployment Installation"); tests run on 1.34.4.
    oldest=(1, 32, 0),
    get="upgrade the cluster, or make cluster makes one here",
)
VELA = Need(
    name="the command vela",
    # As KUBEVELA: it puts into the cluster what it makes of the definitions, statuses included.
    oldest=(1, 10, 9),
    get="https://kubevela.io/docs/install, or make tools/vela",
)
KUBEVELA = InCluster(
    name="KubeVela",
    # The first that evaluates `details` with an import (kubevela#7047): health is read from them.
    oldest=(1, 10, 9),
    get="https://kubevela.io/docs/install",
    types=(
        "applications.core.oam.dev",
        "componentdefinitions.core.oam.dev",
        "traitdefinitions.core.oam.dev",
    ),
    selector="controller.oam.dev/name=vela-core",
    image="vela-core",
)
KSERVE = InCluster(
    name="KServe",
    # The only one that was run: each minor may break what was there, and fixes are not backported.
    oldest=(0, 20, 0),
    get="https://kserve.github.io/website/docs/admin-guide/kubernetes-deployment",
    types=("inferenceservices.serving.kserve.io", "clusterservingruntimes.serving.kserve.io"),
    selector="control-plane=kserve-controller-manager",
    image="kserve-controller",
)
GATEWAY_API = InCluster(
    name="Gateway API",
    # Since then its standard types have a route's `timeouts` (its CHANGELOG); tests run on 1.4.0.
    oldest=(1, 2, 0),
    get="https://gateway-api.sigs.k8s.io/guides",
    types=("httproutes.gateway.networking.k8s.io", "gateways.gateway.networking.k8s.io"),
    annotation="gateway.networking.k8s.io/bundle-version",
)
KEDA = InCluster(
    name="KEDA",
    # The first with which it was seen to work; no older one was tried.
    oldest=(2, 18, 1),
    get="https://keda.sh/deploy",
    optional="only the trait autoscaler needs it",
    types=("scaledobjects.keda.sh",),
    selector="app=keda-operator",
    image="keda",
)
IN_CLUSTER: Sequence[InCluster] = (KUBEVELA, KSERVE, GATEWAY_API, KEDA)
NEEDS: Sequence[Need] = (KUBERNETES, VELA, *IN_CLUSTER)
