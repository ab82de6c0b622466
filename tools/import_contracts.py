"""The import contract of our own: packages meet only at their front doors."""

from __future__ import annotations

from typing import cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class FrontDoors(Contract):
    """Enter another package only through its doors (facade, contracts)."""

    root = fields.StringField()
    doors = fields.SetField(subfield=fields.StringField())
    open_packages = fields.SetField(subfield=fields.StringField())
    ignore_imports = fields.SetField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002
        """Find every import that climbs in through a window."""
        agreed = cast("set[str]", self.ignore_imports or set())
        crossings = {
            f"{importer} -> {imported}"
            for importer in graph.modules
            for imported in graph.find_modules_directly_imported_by(importer)
            if self._crosses(importer, imported)
        }
        return ContractCheck(
            kept=crossings == agreed,
            metadata={"trespasses": sorted(crossings - agreed), "unused": sorted(agreed - crossings)},
        )

    def _crosses(self, importer: str, imported: str) -> bool:
        if not (importer.startswith(f"{self.root}.") and imported.startswith(f"{self.root}.")):
            return False
        if ".tests." in importer:
            # A test may prepare and look into its neighbours; what it proves is the door of its own package.
            return False
        home = importer.split(".")[1]
        there, *inside = imported.split(".")[1:]
        if there == home or there in cast("set[str]", self.open_packages):
            return False
        return not inside or inside[0] not in cast("set[str]", self.doors)

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Say which import, and what to do instead."""
        for trespass in check.metadata["trespasses"]:
            package = ".".join(trespass.split(" -> ")[1].split(".")[:2])
            output.print_error(f"{trespass}: ask {package}.facade for it, or add a function there.")
        for unused in check.metadata["unused"]:
            output.print_error(f"{unused}: this exception is not needed any more, strike it out.")
