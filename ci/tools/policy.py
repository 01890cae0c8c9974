# SPDX-License-Identifier: Apache-2.0
"""Copies the trait canary's parameters to its step: python -m ci.tools.policy [--check].

KubeVela gives a step what the user wrote of a trait, without the defaults.
"""

import sys
from pathlib import Path

from ci.tools.cue import NEW, cue
from ci.tools.made import settle
from ci.tools.schema import parameters
from ci.tools.tree import ROOT

TRAIT = ROOT / "traits" / "canary.cue"
COPY = ROOT / "traits" / "steps" / "canary-release" / "policy_params.cue"
HEAD = """\
// SPDX-License-Identifier: Apache-2.0
// Made from traits/canary.cue by ci/tools/policy.py; not for editing.
package steps
"""


def files() -> dict[Path, str]:
    """The made file with what it holds."""
    renamed = parameters(TRAIT).replace("#Params:", "#Policy:", 1)
    return {COPY: cue(NEW, "fmt", "-", source=f"{HEAD}\n{renamed}\n")}


def main(check: bool) -> int:
    return settle(files().items(), check)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
