# SPDX-License-Identifier: Apache-2.0
"""Makes the one file that KubeVela takes of a definition: python -m ci.tools.definitions [--check].

The source is a CUE package, `components/NAME/*.cue`, so that its parts are small and see each
other; KubeVela reads one file and knows no packages. `definition.cue` is what stands beside the
template, `context.cue` says what KubeVela gives and is left out, `params*.cue` ends the template.
`status/*.cue`, a package of its own, becomes the text that "status/" stands for. A line
`"NAME/": _` stands for the template of another component, whose status serves then, too.

Workflow steps see the parts in `traits/steps/shared/`, each as if they were its own.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import indent

from ci.tools.cue import NEW, cue
from ci.tools.made import settle
from ci.tools.tree import ROOT

METADATA, CONTEXT, PARAMETERS = "definition.cue", "context.cue", "params"
STATUS = '"status/"'
EMBEDDED = re.compile(r'^\t*"([a-z-]+)/": _\n', re.MULTILINE)
PART = re.compile(r'(?:(?://.*)?\n)*package \w+\n(?:\s*import (?:"\S+"|\([^)]*\))\n)*')


def packages() -> list[Path]:
    """The definitions that are folders."""
    kinds = ("components", "traits", "traits/steps")
    return sorted(file.parent for kind in kinds for file in ROOT.glob(f"{kind}/*/{METADATA}"))


def product(package: Path) -> Path:
    return package.with_suffix(".cue")


def sources(package: Path) -> Iterator[list[Path]]:
    """The files of the package, then those of its status: each list is vetted as one."""
    yield _parts(package)
    if status := sorted((package / "status").glob("*.cue")):
        yield status


def definition_text(package: Path) -> str:
    """What the made file holds.

    Raises:
        CueError: the parts are no CUE.
        ValueError: one of them does not begin as a file of a package does.
    """
    metadata, template = package / METADATA, _template(package)
    where = package.relative_to(ROOT).as_posix()
    body, inner = _bodies(template), _embedded(template)
    if inner:
        body = EMBEDDED.sub(lambda _: indent(_bodies(_template(inner)), "\t"), body)
        template += _template(inner)
    body = indent(body, "\t")
    text = f"""// SPDX-License-Identifier: Apache-2.0
// Made from {where}/*.cue by ci/tools/definitions.py; not for editing.
{_imports([metadata, *template])}
{_body(metadata).replace(STATUS, _quoted(inner or package))}
template: {{
{body}}}
"""
    return re.sub(r"\t+$", "", cue(NEW, "fmt", "-", source=text), flags=re.MULTILINE)


def _embedded(template: list[Path]) -> Path | None:
    found = [name for file in template for name in EMBEDDED.findall(_body(file))]
    return ROOT / "components" / found[0] if found else None


def _parts(package: Path) -> list[Path]:
    shared = package.parent.joinpath("shared").glob("*.cue")
    return sorted([*package.glob("*.cue"), *shared])


def _template(package: Path) -> list[Path]:
    parts = [file for file in _parts(package) if file.name not in (METADATA, CONTEXT)]
    return sorted(parts, key=lambda file: (file.name.startswith(PARAMETERS), file.stem))


def _quoted(package: Path) -> str:
    files = [file for file in sorted((package / "status").glob("*.cue")) if file.name != CONTEXT]
    return f'#"""\n{_imports(files)}\n{_bodies(files)}"""#' if files else STATUS


def _bodies(files: Iterable[Path]) -> str:
    return "\n".join(_body(file) for file in files)


def _body(file: Path) -> str:
    return _parted(file)[1]


def _imports(files: Iterable[Path]) -> str:
    found = {name for file in files for name in re.findall(r'"(\S+)"', _parted(file)[0])}
    names = "".join(f'\t"{name}"\n' for name in sorted(found))
    return f"import (\n{names})\n" if found else ""


def _parted(file: Path) -> tuple[str, str]:
    text = file.read_text(encoding="utf-8")
    if (head := PART.match(text)) is None:
        raise ValueError(f"{file.relative_to(ROOT)}: expected comments, then 'package NAME'")
    return head[0], text[head.end() :].strip("\n") + "\n"


def main(check: bool) -> int:
    return settle(((product(each), definition_text(each)) for each in packages()), check)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
