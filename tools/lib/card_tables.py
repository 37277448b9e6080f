"""files.tsv and keys.tsv as the generators read them."""
import csv
from xml.sax.saxutils import quoteattr

# id, FID, name or AID, label (reference: files.md, "Tree"). DF05 and DF06 have no registered AID: a card file adds them.
DFS = [
    ("SSSE", "3F00", "7378312E73682EC9E7BBE1B1A3D5CF", "sx1.sh.社会保障"),
    ("DF01", "DF01", "D15600000500", "公共应用信息区"),
    ("DF02", "DF02", "D15600000501", "就业与失业信息区"),
    ("DF03", "DF03", "D15600000502", "社会保险信息区1"),
    ("DF04", "DF04", "D15600000503", "社会保险信息区2"),
    ("DF07", "DF07", "D15600000504", "人事人才信息区"),
]


def read_table(path):
    with open(path, encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE))


def applies(row, version, edition):
    if version not in row["version"].split(","):
        return False
    return row.get("edition") in (None, "", "both", edition)


def span(text):
    """'3-4' is [3, 4]; '5' is [5]."""
    first, _, last = text.partition("-")
    return list(range(int(first), int(last or first) + 1))


def tags(text, count):
    """'40' for each of `count` records, or 'C3..C5' one after the other."""
    first, _, last = text.partition("..")
    if not last:
        return [first] * count
    return ["%02X" % tag for tag in range(int(first, 16), int(last, 16) + 1)]


def attributes(**values):
    return "".join(f" {name.replace('_', '-')}={quoteattr(value)}" for name, value in values.items() if value)


def record_items(rows):
    """Records of a linear file in order, each with its inner items."""
    out = []
    for row in rows:
        if "/" in row["tag"]:
            continue
        numbers = span(row["rec"])
        for number, tag in zip(numbers, tags(row["tag"], len(numbers))):
            inner = [other for other in rows
                     if "/" in other["tag"] and other["tag"].split("/")[0] == row["tag"] and other["rec"] == row["rec"]]
            out.append((number, tag, row, inner))
    return sorted(out, key=lambda entry: entry[0])


def inner_only(rows):
    """1.0 lists some B-TLV records by their inner items alone: the outer item is made from them."""
    outer = {row["tag"] for row in rows if "/" not in row["tag"]}
    missing = {}
    for row in rows:
        head = row["tag"].split("/")[0]
        if "/" in row["tag"] and head not in outer:
            missing.setdefault((head, row["rec"]), []).append(row)
    made = []
    for (head, rec), inner in missing.items():
        length = sum(int(row["len"], 16) + 2 for row in inner)
        made.append({**inner[0], "tag": head, "rec": rec, "format": "B-TLV", "len": "%02X" % length,
                     "name_zh": "", "name_en": ""})
    return made


def without_second_60(df, file, rows):
    """Tag 60 stands in DF02 EF06 or DF03 EF05, never in both (V2.0 notice §7): ours carry it in DF02 EF06."""
    if (df, file["ef"]) == ("DF03", "EF05"):
        return [row for row in rows if row["tag"] != "60"]
    return rows


def right(text):
    """The keys of a right under the names that the key lines have: 1.0 calls UKSSSE UKMF."""
    return text.replace("UKMF", "UKSSSE")
