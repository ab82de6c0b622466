"""The JSON schema of an item version (2020-12), for `POST /api/v1/batches` and the register of standards."""

from __future__ import annotations

from typing import Any, Final

from chengxin.catalogue.contracts import Field, FieldType, FieldUse, ItemVersion
from chengxin.kernel.subject_kind import SubjectKind

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
FORMATS: Final[dict[FieldType, dict[str, Any]]] = {
    FieldType.DATE: {"type": "string", "format": "date"},
    FieldType.URL: {"type": "string", "format": "uri"},
    FieldType.USCC: {"type": "string", "pattern": "^[0-9A-HJ-NPQRTUWXY]{18}$"},
    FieldType.INTEGER: {"type": ["integer", "string"], "pattern": "^-?[0-9]+$"},
    FieldType.DECIMAL: {"type": ["number", "string"], "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
    FieldType.MONEY: {"type": ["number", "string"], "minimum": 0, "pattern": r"^[0-9]+(\.[0-9]{1,6})?$"},
    FieldType.BOOLEAN: {"type": ["boolean", "string"]},
}


def json_schema(item: ItemVersion) -> dict[str, Any]:
    """Return the schema of one row: what is outside it is refused, and each field cites its standard or article."""
    return {
        "$schema": DIALECT,
        "$id": f"urn:chengxin:catalogue:{item.code}:{item.version}",
        "title": item.title.zh,
        "description": item.summary.zh,
        "x-title-en": item.title.en,
        "x-item": item.code,
        "x-version": item.version,
        "x-effective-on": item.effective_on.isoformat(),
        "x-basis": list(item.basis),
        "x-categories": sorted(item.categories),
        "x-row-categories": [
            {"category": one.category, "field": one.field, "contains": one.contains} for one in item.row_categories
        ],
        "type": "object",
        "additionalProperties": False,
        "properties": {field.name: _property(field) for field in item.fields},
        "required": [field.name for field in item.fields if field.required],
        **_conditions(item),
    }


def _property(field: Field) -> dict[str, Any]:
    said: dict[str, Any] = {
        "title": field.title.zh,
        "x-title-en": field.title.en,
        "x-headers": list(field.headers),
        "x-source": field.source,
        "x-personal": field.personal,
        "x-public": field.public,
        **FORMATS.get(field.type, {"type": "string"}),
    }
    if said["type"] == "string" and "format" not in said:
        said["maxLength"] = field.max_length
    if field.codes and field.multiple:
        said["description"] = "；".join(f"{code.value} {code.label.zh}" for code in field.codes)
    elif field.codes:
        said["enum"] = [spelling for code in field.codes for spelling in (code.value, code.label.zh)]
    if field.type == FieldType.MONEY:
        said["x-fen-per-unit"] = field.scale
    if field.note:
        said["$comment"] = field.note.zh
    return said


def _conditions(item: ItemVersion) -> dict[str, Any]:
    """Say which fields are required for which kind of subject, where the item has a field of the kind."""
    kind_field = item.field_for(FieldUse.SUBJECT_KIND)
    if kind_field is None:
        return {}
    labels = {code.value: code.label.zh for code in kind_field.codes}
    rules = [
        {
            "if": {
                "properties": {kind_field.name: {"enum": [kind.value, labels.get(kind.value, kind.value)]}},
                "required": [kind_field.name],
            },
            "then": {"required": [field.name for field in item.fields if kind in field.required_for]},
        }
        for kind in SubjectKind
        if any(kind in field.required_for for field in item.fields)
    ]
    return {"allOf": rules} if rules else {}
