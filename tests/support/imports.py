# SPDX-License-Identifier: Apache-2.0
"""What a Python file imports, inside functions and by name too."""

import ast
from collections.abc import Iterator
from pathlib import Path

BY_NAME = {"import_module", "__import__"}


def imports(path: Path) -> set[str]:
    """Dotted names of the modules that a file imports, those for type checking left out."""
    return set(_names(ast.parse(path.read_text(encoding="utf-8"))))


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.If(test=ast.Name("TYPE_CHECKING")):
                continue
            case ast.Import(names=aliases):
                yield from (alias.name for alias in aliases)
            case ast.ImportFrom(module=str(module), level=0):
                yield module
            case ast.Call(
                func=ast.Name(function) | ast.Attribute(attr=function),
                args=[ast.Constant(str(module)), *_],
            ) if function in BY_NAME:
                yield module
        yield from _names(node)
