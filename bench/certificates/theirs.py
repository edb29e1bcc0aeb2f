"""The same certificate by WeasyPrint; run with its own Python: theirs.py COUNT DATA."""

import json
import sys
from pathlib import Path
from time import perf_counter

from weasyprint import HTML

PAGE = """<!doctype html><html lang="{language}"><head><meta charset="utf-8">
<title>{document}</title><style>
@page {{ size: A4 landscape; margin: 17mm 21mm 15mm; border-top: 4mm solid #0f5c6e }}
body {{ font: 11pt serif }} h1 {{ font-size: 26pt; color: #0f5c6e }} h2 {{ font-size: 17pt }}
.name {{ font-size: 30pt; font-weight: 600 }} .sides {{ display: flex; gap: 10mm }}
.foot {{ position: absolute; bottom: 0; width: 100%; display: flex }} svg {{ width: 25mm }}
</style></head><body><h1>{heading}</h1><p>{to}</p><p class="name">{name}</p>
<h2>{course}</h2><p>{programme}</p><p>{facts}</p><div class="sides">{outcomes}</div>
<div class="foot"><div>{signed}</div><div>{serial}<br><a href="{address}">{shown}</a></div>
<img alt="{qr_words}" src="data:image/svg+xml;base64,{qr}"></div></body></html>"""


def main() -> None:
    """Print the seconds that COUNT certificates took, the first one apart."""
    import base64

    count, rows = int(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text())

    def made(row: dict) -> bytes:
        side = row["sides"][0]
        lists = (
            f"<div lang={one['language']}><h2>{one['learned']}</h2><ul>"
            + "".join(f"<li>{line}</li>" for line in one["outcomes"])
            + "</ul></div>"
            for one in row["sides"]
        )
        html = PAGE.format(
            **{key: side[key] for key in ("language", "document", "heading", "to")},
            course=side["course"],
            programme=side["programme"],
            name=row["name"],
            facts="; ".join(" ".join(fact) for fact in side["facts"]),
            outcomes="".join(lists),
            signed="; ".join(one["name"] for one in row["signatories"]),
            serial=row["serial"],
            address=row["address"],
            shown=row["shown"],
            qr_words=side["qr"],
            qr=base64.b64encode(row["qr"].encode()).decode(),
        )
        return HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")

    made(rows[0])
    begun = perf_counter()
    sizes = [len(made(row)) for row in rows[:count]]
    print(json.dumps({"seconds": perf_counter() - begun, "bytes": sum(sizes)}))


if __name__ == "__main__":
    main()
