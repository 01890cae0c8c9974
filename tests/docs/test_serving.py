# SPDX-License-Identifier: Apache-2.0
"""docs/serving.md says what the code does."""

import re
from pathlib import Path

from ci.tools.tree import ROOT
from velaserve_lint.names import options
from velaserve_runtime.protocol import errors
from velaserve_runtime.protocol.parameters import LOWEST_PRIORITY
from velaserve_runtime.repository.config import load_config
from velaserve_runtime.scheduling.queue import YIELD_NS
from velaserve_runtime.transports.status import STATUS

TEXT = (ROOT / "docs" / "serving.md").read_text("utf-8")
NOT_ANSWERED = (errors.ClientGone, errors.Unsupported, errors.LoadFailed)


def test_the_table_of_errors_is_the_code() -> None:
    told = {
        (int(http), grpc) for http, grpc in re.findall(r"\| (\d{3}) \| ([A-Z_]+) \|$", TEXT, re.M)
    }
    assert told == {
        (status.http, status.grpc) for kind, status in STATUS.items() if kind not in NOT_ANSWERED
    }


def test_the_example_configuration_loads(tmp_path: Path) -> None:
    (example,) = re.findall(r"^```yaml\n(.*?)^```$", TEXT, re.M | re.S)
    (tmp_path / "velaserve.yaml").write_text(example)
    config = load_config(tmp_path)
    assert (config.max_batch_size, config.instance_count) == (32, 2)
    assert config.version_policy.num_versions == 2


def test_the_numbers_are_the_defaults() -> None:
    assert f"`max_batch_size` ({options()['max_batch_size'].default} by default)" in TEXT
    assert f"`--drain-delay-s` ({options()['drain_delay_s'].default:g};" in TEXT
    assert f"the default) to {LOWEST_PRIORITY};" in TEXT
    assert f"up to {YIELD_NS // 1_000_000} ms later" in TEXT


def test_every_option_it_names_exists() -> None:
    flags = {option.flag for option in options().values()}
    assert set(re.findall(r"`(--[a-z-]+)", TEXT)) <= flags | {"--help"}
