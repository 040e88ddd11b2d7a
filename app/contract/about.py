"""What is declared of a field beside its type: what it may hold, and how it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema


class About(NamedTuple):
    """Stands in the `Annotated` of a field; pydantic reads it from there like its own `Field`.

    `title` and `description` are English source texts of the translation context "Contract".
    """

    ge: float | None = None
    gt: float | None = None
    le: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    title: str = ""
    description: str = ""

    def told(self) -> dict[str, Any]:
        """What is said, by name."""
        return {name: fact for name, fact in self._asdict().items() if fact not in {None, ""}}

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        bounds = {name: fact for name, fact in self.told().items() if name not in _TEXTS}
        return {**handler(source), **bounds}

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        texts = {name: fact for name, fact in self.told().items() if name in _TEXTS}
        return {**handler(schema), **texts}


_TEXTS = {"title", "description"}
