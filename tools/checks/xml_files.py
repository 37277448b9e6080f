#!/usr/bin/python3
"""XML and XSD files are well-formed UTF-8 without a DOCTYPE. Files that are broken on purpose live below tests/."""
import xml.parsers.expat

import house


def refuse_doctype(*_):
    raise ValueError("has a DOCTYPE")


def check(tree):
    for name in tree.matching(".xml", ".xsd"):
        if name.startswith("tests/"):
            continue
        parser = xml.parsers.expat.ParserCreate()
        parser.StartDoctypeDeclHandler = refuse_doctype
        try:
            (tree.root / name).read_bytes().decode("utf-8")
            parser.Parse((tree.root / name).read_bytes(), True)
        except xml.parsers.expat.ExpatError as error:
            yield name, error.lineno, xml.parsers.expat.errors.messages[error.code]
        except (UnicodeDecodeError, ValueError) as error:
            yield name, 0, str(error)


if __name__ == "__main__":
    house.main(check)
