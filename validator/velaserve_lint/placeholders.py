# SPDX-License-Identifier: Apache-2.0
"""Texts that another program fills in before a cluster sees them."""

from __future__ import annotations


def has_placeholder(text: str) -> bool:
    """As Helm, envsubst and kustomize have them: what will stand there, nobody knows here."""
    return "{{" in text or "${" in text or "$(" in text
