"""Build hook: put the ontology and the graph's text into the wheel as ``xaikg/_data``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds data to a standard wheel; an editable one reads it from the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Force-include the data folders; ``version`` is ``standard`` or ``editable``."""
        if version != "standard" or self.target_name != "wheel":
            return
        for name in ("ontology", "graph"):
            build_data["force_include"][str(Path(self.root) / name)] = f"xaikg/_data/{name}"
