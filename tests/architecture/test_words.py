"""Words that have no place in a published repository: one machine's paths and hosts, remarks on how work was done."""

import re

import pytest

from tests.architecture.source import ROOT, text_files

THIS_FILE = "tests/architecture/test_words.py"
BARRED = {
    "a path of one machine": r"(?<![\w.])/(?:root|home|work|opt|Users|mnt)/[\w.-]+",
    "a folder for temporary files": r"(?<![\w.])/tmp/\w",
    "the host of a package registry": r"(?:pythonhosted|\bpypi|\bnpmjs|\byarnpkg|deb\.debian)\.(?:org|com)",
    "settings of a package index": r"--(?:extra-)?index-url|--find-links|--trusted-host",
    "a remark on how work was done": r"\b(?:this|previous|next|last|earlier) (?:work )?session\b|\bsub-?agent|"
    r"\bas (?:you )?requested\b|\b(?:the|my|your) brief\b|\bacceptance criteri",
    "a promise instead of work": r"\b(?:TODO|FIXME|XXX|HACK)\b|lorem ipsum",
    "a mark of an unfinished merge": r"^(?:<{7} |>{7} |={7}$)",
}
# Where the word is the subject: the licence is quoted, the lock is generated.
QUOTED = {"LICENSE", THIS_FILE}


@pytest.mark.parametrize("what", sorted(BARRED))
def test_no_file_contains(what):
    pattern = re.compile(BARRED[what], re.IGNORECASE | re.MULTILINE if what != "a promise instead of work" else 0)
    found = []
    for path in text_files():
        name = str(path.relative_to(ROOT))
        if name in QUOTED:
            continue
        text = path.read_text(encoding="utf-8")
        found += [f"{name}:{text.count(chr(10), 0, hit.start()) + 1}: {hit.group()}" for hit in pattern.finditer(text)]
    assert not "\n".join(found), what
