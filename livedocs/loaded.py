"""Give back what only the imports have read of the frameworks' files (Linux).

To load TensorFlow is to touch some 390 MB of its library, which the warm process would hold as long
as it lives. Given back they stay in the system's cache of files, and a page maps what it calls.
"""

import ctypes
import re
from pathlib import Path

MAPS = Path("/proc/self/smaps")
DONTNEED = 4  # madvise(2): the next to touch a page reads the file again
# Of a file, and nobody may write to it now. What was written before, as the loader does where it
# puts addresses into a library, is anonymous: it is in no file.
READ_ONLY = re.compile(r"([0-9a-f]+)-([0-9a-f]+) r-.p \S+ \S+ [1-9]")
UNCHANGED = re.compile(r"^Anonymous: +0 kB$", re.MULTILINE)


def give_back() -> None:
    """Unmap the pages of read-only files from this process; elsewhere than on Linux do nothing."""
    if not MAPS.exists():
        return
    advise = ctypes.CDLL(None).madvise
    advise.argtypes = ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int
    for mapping in re.split(r"\n(?=[0-9a-f]+-)", MAPS.read_text(errors="replace")):
        place = READ_ONLY.match(mapping)
        if place and UNCHANGED.search(mapping):
            start, end = (int(number, 16) for number in place.groups())
            advise(start, end - start, DONTNEED)
