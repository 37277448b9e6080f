#!/usr/bin/python3
"""keys/key_names.inc is what tools/generate_key_names makes of keys/keys.tsv."""
import pathlib
import subprocess
import sys

GENERATOR = pathlib.Path(__file__).resolve().parents[1] / "generate_key_names"
sys.exit(subprocess.run([sys.executable, "-B", str(GENERATOR), "--check"], check=False).returncode)
