"""The states of a document: those of its approval, and the number that it is given once it has been signed."""

from __future__ import annotations

from typing import Literal

from qualicity.errors import Text

State = Literal["draft", "section", "office", "leader", "signed", "issued", "dropped"]
CASE = "document_approval"

TITLES: dict[State, Text] = {
    "draft": Text("起草", "draft"),
    "section": Text("科室审核", "with the section head"),
    "office": Text("办公室核稿", "with the office"),
    "leader": Text("待领导签发", "with the leader"),
    "signed": Text("已签发，待编号印发", "signed, to be numbered"),
    "issued": Text("已印发", "issued"),
    "dropped": Text("已撤稿", "dropped"),
}


def state_of(case_state: str, *, numbered: bool) -> State:
    """Return the state of a document from that of its approval: signed, it still waits for its number."""
    if numbered:
        return "issued"
    if case_state == "issued":
        return "signed"
    found: dict[str, State] = {"draft": "draft", "section": "section", "office": "office", "leader": "leader"}
    return found.get(case_state, "dropped")


def is_editable(state: State) -> bool:
    """Return whether the words of a document may still change: only with its author."""
    return state == "draft"
