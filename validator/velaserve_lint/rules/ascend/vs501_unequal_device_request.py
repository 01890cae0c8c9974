# SPDX-License-Identifier: Apache-2.0
"""VS501: more or fewer devices are requested than the limit says, or there is no limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.quantity import nanos
from velaserve_lint.rule import DemandRule
from velaserve_lint.rules.ascend.examples import NPU_DEPLOYMENT
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.npu.demand import Demand


class UnequalDeviceRequest(DemandRule):
    """Of NPUs, GPUs and whatever else a vendor's plugin has; a limit alone is fine."""

    id = "VS501"
    slug = "unequal-device-request"
    since = "0.1.0"
    source = "Kubernetes v1.34.4 pkg/apis/core/validation/validation.go"
    title = Text("a device's request is not its limit", "设备的请求值与上限不同")
    why = Text("The API server refuses the pods.", "API server 会拒绝这些 Pod。")
    fix = Text("Write the same number twice, or the limit alone.", "两处写同一数值，或只写上限。")
    messages = sentences(
        unequal=Text(
            "{request} of {device} is requested, but the limit is {limit}",
            "{device} 请求了 {request}，但上限是 {limit}",
        ),
        limit=Text("the limit", "上限在此"),
        unlimited=Text(
            "{device} is requested without a limit: devices are never overcommitted",
            "{device} 只有请求值而没有上限：设备不能超分配",
        ),
    )
    bad = but(
        NPU_DEPLOYMENT,
        'requests: {cpu: "4", memory: 16Gi, huawei.com/Ascend910: 2}',
        'requests: {cpu: "4", memory: 16Gi, huawei.com/Ascend910: 1}',
    )
    good = NPU_DEPLOYMENT

    @classmethod
    def check(cls, demand: Demand) -> Iterator[Finding]:
        for name, request, limit, *_ in (one for of in demand.consumers for one in of.devices):
            if request.value is not None and limit.value is None:
                find = cls.finding if demand.is_complete else cls.warning
                yield find(request.key, "unlimited", device=name)
            asked, most = nanos(request.value), nanos(limit.value)
            if None not in (asked, most) and asked != most:
                numbers = {"request": str(request.value), "limit": str(limit.value)}
                found = cls.finding(request.place, "unequal", device=name, **numbers)
                yield found.beside(limit.place, "limit")
