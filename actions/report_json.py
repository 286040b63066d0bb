"""Any report as JSON: codes instead of words, so that a program reads it whatever the language."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from domain.money import Money
from domain.reports.table import Block, Chart, Column, Fact, Facts, Report, Row, Section, Table, Value

Json = dict[str, Any]


def report_json(report: Report) -> Json:
    """The whole report; amounts are strings in major units beside their currency."""
    return {
        "report": report.name,
        "made_at": report.made_at.isoformat(),
        "made_for": report.made_for,
        "parameters": {_name(fact.column): _value(fact.value) for fact in report.parameters},
        "blocks": [_block(block) for block in report.blocks],
    }


def _block(block: Block) -> Json:
    match block:
        case Table():
            columns = [{"code": _name(column), "type": column.type.value} for column in block.columns]
            return {
                "table": block.code,
                "columns": columns,
                "sections": [_section(one, block.columns) for one in block.sections],
                "totals": [_row(row, block.columns) for row in block.totals],
            }
        case Facts():
            return {"facts": block.code, "values": {_name(one.column): _value(one.value) for one in block.facts}}
        case Chart():
            return {
                "chart": block.code,
                "kind": block.kind.value,
                "categories": [_value(value) for value in block.categories],
                "series": [
                    {"name": _value(one.name.value), "values": [_value(value) for value in one.values]}
                    for one in block.series
                ],
            }


def _section(section: Section, columns: tuple[Column, ...]) -> Json:
    made: Json = {"heading": _heading(section.heading), "rows": [_row(row, columns) for row in section.rows]}
    if section.sections:
        made["sections"] = [_section(one, columns) for one in section.sections]
    if section.totals:
        made["totals"] = [_row(row, columns) for row in section.totals]
    return made


def _heading(fact: Fact | None) -> Json | None:
    return {_name(fact.column): _value(fact.value)} if fact else None


def _row(row: Row, columns: tuple[Column, ...]) -> Json:
    return {_name(column): _value(value) for column, value in zip(columns, row, strict=True)}


def _name(column: Column) -> str:
    """A column's code; where the heading is data itself, that."""
    return column.title.isoformat() if isinstance(column.title, date) else column.title or column.code


def _value(value: Value) -> Any:
    match value:
        case Money():
            return {"amount": f"{value.value:.2f}", "currency": value.currency}
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case tuple():
            return [{"text": one.text, "importance": one.importance, "kind": one.kind, "at": one.at} for one in value]
    return value
