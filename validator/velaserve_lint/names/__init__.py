# SPDX-License-Identifier: Apache-2.0
"""The tables of names that the server, the definitions and the linter share."""

from velaserve_lint.names.accelerator import Accelerator, accelerators
from velaserve_lint.names.metric import Metric, metrics
from velaserve_lint.names.option import Option, OptionError
from velaserve_lint.names.option_table import options
from velaserve_lint.names.serving import Port, Runtime, image, paths, ports, runtime, server_image

__all__ = [
    "Accelerator",
    "Metric",
    "Option",
    "OptionError",
    "Port",
    "Runtime",
    "accelerators",
    "image",
    "metrics",
    "options",
    "paths",
    "ports",
    "runtime",
    "server_image",
]
