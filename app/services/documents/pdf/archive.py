"""What makes a PDF fit for keeping: metadata as XML and the meaning of its colours.

Fonts are embedded and nothing is transparent already.  The file does not call itself PDF/A: no
validator could be had, and only what was checked is declared (docs/ARCHITECTURE.md).
"""

from __future__ import annotations

import html
from functools import lru_cache
from typing import Any

from PIL import ImageCms
from reportlab.pdfbase.pdfdoc import XMP, PDFArray, PDFDictionary, PDFName, PDFStream, PDFString

from app.services.documents.blocks import Content

_COMPONENTS = 3
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{day}</xmp:CreateDate>
<xmp:ModifyDate>{day}</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""


def make_lasting(canvas: Any, content: Content) -> None:
    """Give the document its metadata as XML and the colour space that its colours are meant in."""
    catalog = canvas._doc.Catalog
    metadata = XMP(creator=lambda document: _packet(document, content))
    metadata.filters = []  # programs that look for it read the file as it is
    catalog.Metadata = metadata
    # reportlab knows no such entry of its own.
    catalog.__Defaults__ = {**catalog.__Defaults__, "OutputIntents": None}
    catalog.OutputIntents = PDFArray([_intent(canvas._doc)])


def _packet(document: Any, content: Content) -> bytes:
    info, stamp = document.info, document._timeStamp
    year, month, day, hour, minute, second = (int(part) for part in stamp.YMDhms)
    zone = f"{stamp.dhh:+03d}:{abs(stamp.dmm):02d}"
    values = {
        "title": info.title,
        "subject": info.subject,
        "author": info.author,
        "creator": info.creator,
        "producer": info.producer,
        "language": content.language,
        "day": f"{year:04d}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:{second:02d}{zone}",
    }
    return _PACKET.format(**{key: html.escape(text) for key, text in values.items()}).encode()


def _intent(document: Any) -> PDFDictionary:
    stream = PDFStream(PDFDictionary({"N": _COMPONENTS}), _profile())
    return PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString("sRGB"),
            "Info": PDFString("sRGB IEC61966-2.1"),
            "DestOutputProfile": document.Reference(stream),
        }
    )


@lru_cache(maxsize=1)
def _profile() -> bytes:
    """Return the sRGB profile that LittleCMS makes of the published numbers: nobody's file."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    return bytes(profile.tobytes())
