"""A quote that is never closed takes no more memory than a field may."""

import subprocess
import sys

import pytest
from tests.landing.offers import CRIMES

from wijkbeeld.landing import delimited
from wijkbeeld.landing.rejected import RejectedError

# What the kernel says of this process alone: the peak that getrusage tells begins
# with that of the process it was started by.
_READ = """
import re, sys
from pathlib import Path
from wijkbeeld.landing import delimited
form = delimited.layout(Path(sys.argv[1]), lambda headers: True)
try:
    delimited.careful(Path(sys.argv[1]), form, [1, 2])
except ValueError as reason:
    status = Path("/proc/self/status").read_text()
    print(re.search(r"VmHWM:\\s+(\\d+)", status)[1], reason)
"""


def test_an_unclosed_quote_before_many_rows_takes_little_memory(tmp_path):
    path = tmp_path / "x.csv"
    row = CRIMES.splitlines()[1].replace('"', "") + "\n"
    path.write_text(CRIMES + '"4;1.1.1;BU05181786;2026MM03;4\n' + row * 3_000_000)
    said = subprocess.run(
        [sys.executable, "-c", _READ, str(path)],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    path.unlink()
    kilobytes, _, reason = said.partition(" ")
    assert "regel 6" in reason
    assert int(kilobytes) < 700_000


def test_an_unclosed_quote_names_the_line_where_it_opened(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text('a;b\n"1";"x ""y"" z"\n"2";"two\nlines"\n"3";"open\n4;5\n\n')
    form = delimited.layout(path, bool)
    with pytest.raises(RejectedError, match="regel 5"):
        delimited.careful(path, form, [0, 1])
