"""What the house checks share: the files that belong to the project, and how a check reports.

A check is a script beside this one: `tools/checks/NAME.py [ROOT]`. It defines check(tree), which yields (path, line, what)
for every violation; line 0 means the whole file. Exit 0: clean. Exit 1: violations, one a line.
"""
import pathlib
import subprocess
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
CODE = (".h", ".cc")


class Tree:
    """The project's files by their path from the top, with forward slashes."""

    def __init__(self, root):
        self.root = pathlib.Path(root).resolve()
        self.files = sorted(self._from_git() or self._from_disk())

    def _from_git(self):
        """Tracked files and new ones that are not ignored; nothing when this is no checkout."""
        command = ["git", "-c", "safe.directory=*", "-C", str(self.root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        try:
            listed = subprocess.run(command, capture_output=True, check=True).stdout.decode()
        except (OSError, subprocess.CalledProcessError):
            return []
        return [name for name in listed.split("\0") if name and (self.root / name).is_file()]

    def _from_disk(self):
        found = (p.relative_to(self.root) for p in self.root.rglob("*") if p.is_file())
        return [p.as_posix() for p in found if p.parts[0] not in ("build", ".git", ".cache")]

    def matching(self, *endings):
        return [name for name in self.files if name.endswith(endings)]

    def text(self, name):
        return (self.root / name).read_text(encoding="utf-8", errors="replace")

    def lines(self, name):
        return enumerate(self.text(name).splitlines(), start=1)

    def is_script(self, name):
        with open(self.root / name, "rb") as file:
            return file.read(2) == b"#!"


def main(check):
    tree = Tree(sys.argv[1] if len(sys.argv) > 1 else TOP)
    found = list(check(tree))
    for path, line, what in found:
        print(f"{path}:{line}: {what}" if line else f"{path}: {what}")
    print(f"{len(tree.files)} files, {len(found)} violations")
    sys.exit(1 if found or not tree.files else 0)
