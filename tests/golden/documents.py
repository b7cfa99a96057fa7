"""The documents kept as golden files, and how a person renews them after a meant change.

``python -m tests.golden.documents`` writes the files anew; read the difference before committing.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from app.services.documents import blocks, snapshot
from tests.documents.samples import OFFICE, order, schools

FOLDER = Path(__file__).parent


def documents() -> dict[str, blocks.Content]:
    """Return every golden document by the name of its files."""
    return {
        "order": order(),
        "order_blank": order(
            number="",
            date=None,
            deadline=None,
            coordinator="",
            office=replace(OFFICE, parent="", executor_name=""),
        ),
        "order_risk": order(
            schools=schools(12, "ШНОР+ШНСУ"),
            risk_zone=schools(5, "зона риска"),
            controller="заместителя начальника Небылицына О.П.",
            profile="2016",
            long_storage=True,
        ),
    }


def as_json(content: blocks.Content) -> str:
    """Return the snapshot of a document as the golden file holds it."""
    data = snapshot.to_json(content)
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def as_text(content: blocks.Content) -> str:
    """Return every text of a document, one a line, as a reader of either file finds it."""
    return "\n".join(" ".join(piece.text.split()) for piece in blocks.texts(content)) + "\n"


def main() -> None:
    """Write the golden files anew."""
    for name, content in documents().items():
        (FOLDER / f"{name}.json").write_text(as_json(content), encoding="utf-8", newline="\n")
        (FOLDER / f"{name}.txt").write_text(as_text(content), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
