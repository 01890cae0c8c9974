# SPDX-License-Identifier: Apache-2.0
"""Workflow steps for CUE's own program, which does not know KubeVela's packages."""

import re

_IMPORTS = re.compile(r'^\s*(?:import )?"vela/\w+"\n', re.MULTILINE)
# Whatever is asked of an action: its parameters and what it returns are the template's matter.
_NAMES = """
builtin: {#ConditionalWait: {...}, #Message: {...}, #Fail: {...}}
http: #HTTPDo: {...}
kube: {#Read: {...}, #List: {...}, #Apply: {...}, #Delete: {...}}
oam: {#LoadComponets: {...}, #RenderComponent: {...}, #ApplyComponent: {...}}
time: #DateToTimestamp: {...}
"""


def without_actions(definition: str) -> str:
    """The definition with KubeVela's packages as open structs, where it imports some."""
    bare, imports = _IMPORTS.subn("", definition)
    return bare + _NAMES if imports else definition
