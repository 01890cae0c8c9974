# SPDX-License-Identifier: Apache-2.0
"""What a value may be, as field tables say it.

    "string" "boolean" "int32" "int64" "number"    what they say
    "quantity" "intOrString"                       a number or a text, a whole number or a text
    "any"                                          not looked at
    "#NAME"                                        a struct of the table
    [EXPRESSION]                                   a list of these
    {"*": EXPRESSION}                              a mapping with keys that are free
    {"type": EXPRESSION, KEYWORD: LIMIT, ...}      with keywords of JSON Schema

A struct is {"fields": {NAME: EXPRESSION}, "required": [NAME]}.
"""

from typing import Any

from ci.tools.schema import Json

KEYWORDS = (
    *("enum", "pattern", "minLength", "maxLength", "minimum", "maximum"),
    *("minItems", "maxItems", "maxProperties"),
)
# Python takes flags at the beginning only.
PATTERNS = {r"^(?i)(abort|warn)?$": r"(?i)^(abort|warn)?$"}


def scalar(schema: dict[str, Any]) -> Json:  # Any: JSON of any shape
    """The name of a scalar type."""
    name: str = schema["type"]
    if name == "integer":
        return "int32" if schema.get("format") == "int32" else "int64"
    return name


def constrained(expression: Json, schema: dict[str, Any]) -> Json:  # Any: JSON of any shape
    """The expression with what else the schema asks for; a least length of 0 asks for nothing."""
    limits = {key: schema[key] for key in KEYWORDS if key in schema}
    if limits.get("minLength") == 0:
        del limits["minLength"]
    if "pattern" in limits:
        limits["pattern"] = PATTERNS.get(limits["pattern"], limits["pattern"])
    return {"type": expression, **limits} if limits else expression
