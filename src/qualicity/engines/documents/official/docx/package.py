"""An office file as a package: its parts, their kinds and how they lead to each other; the same in, the same out."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from qualicity.engines.documents.official.docx.xml import HEADER, tag

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
#: Every entry carries this time, so that the same document is the same file.
_MOMENT = (1980, 1, 1, 0, 0, 0)

KINDS = {
    "document": "document.main+xml",
    "styles": "styles+xml",
    "settings": "settings+xml",
    "fontTable": "fontTable+xml",
    "header": "header+xml",
    "footer": "footer+xml",
}


@dataclass(slots=True)
class Package:
    """The file ``word/document.xml`` and what it leads to; relations are numbered as they are made."""

    parts: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    relations: list[tuple[str, str, bool]] = field(default_factory=list)
    pictures: dict[bytes, str] = field(default_factory=dict)

    def add(self, kind: str, name: str, xml: str) -> str:
        """Add a part and return the number by which the document knows it."""
        self.parts[f"word/{name}.xml"] = (_WORD + KINDS[kind], xml.encode())
        return self._relate(kind, f"{name}.xml")

    def link(self, address: str) -> str:
        """Return the number of a link to an address outside."""
        return self._relate("hyperlink", address, outside=True)

    def picture(self, png: bytes) -> str:
        """Return the number of a picture; the same picture is kept once."""
        if png not in self.pictures:
            name = f"media/image{len(self.pictures) + 1}.png"
            self.parts[f"word/{name}"] = ("", png)
            self.pictures[png] = self._relate("image", name)
        return self.pictures[png]

    def _relate(self, kind: str, target: str, *, outside: bool = False) -> str:
        entry = (f"{_OFFICE}/{kind}", target, outside)
        if entry not in self.relations:
            self.relations.append(entry)
        return f"rId{self.relations.index(entry) + 1}"

    def file(self, document: str, core: str) -> bytes:
        """Return the file."""
        parts = {
            "[Content_Types].xml": self._kinds().encode(),
            "_rels/.rels": _relations(
                [
                    (f"{_OFFICE}/officeDocument", "word/document.xml", False),
                    (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml", False),
                ]
            ).encode(),
            "docProps/core.xml": core.encode(),
            "word/document.xml": document.encode(),
            "word/_rels/document.xml.rels": _relations(self.relations).encode(),
            **{name: data for name, (_, data) in self.parts.items()},
        }
        kept = BytesIO()
        with ZipFile(kept, "w", ZIP_DEFLATED) as archive:
            for name, data in parts.items():
                info = ZipInfo(name, _MOMENT)
                info.compress_type = ZIP_DEFLATED
                info.external_attr = 0o600 << 16
                archive.writestr(info, data)
        return kept.getvalue()

    def _kinds(self) -> str:
        overrides = {
            "word/document.xml": _WORD + KINDS["document"],
            "docProps/core.xml": _CORE,
            **{name: kind for name, (kind, _) in self.parts.items() if kind},
        }
        return HEADER + tag(
            "Types",
            {"xmlns": f"{_PACKAGE}/content-types"},
            tag(
                "Default",
                {"Extension": "rels", "ContentType": "application/vnd.openxmlformats-package.relationships+xml"},
            ),
            tag("Default", {"Extension": "xml", "ContentType": "application/xml"}),
            tag("Default", {"Extension": "png", "ContentType": "image/png"}),
            *(tag("Override", {"PartName": f"/{name}", "ContentType": kind}) for name, kind in overrides.items()),
        )


def _relations(relations: list[tuple[str, str, bool]]) -> str:
    found = []
    for number, (kind, target, outside) in enumerate(relations, start=1):
        attributes = {"Id": f"rId{number}", "Type": kind, "Target": target}
        found.append(tag("Relationship", attributes | ({"TargetMode": "External"} if outside else {})))
    return HEADER + tag("Relationships", {"xmlns": f"{_PACKAGE}/relationships"}, *found)
