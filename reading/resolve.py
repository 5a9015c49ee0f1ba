"""Ask the network whether every source can still be reached: sources go in, problems come out."""

import urllib.error
import urllib.request
from collections.abc import Iterable

from reading.bibliography import Source

PATIENCE = 20  # seconds for one address
# Publishers turn programs away with these; the DOI itself has been found by then.
TURNED_AWAY = {401, 403, 405, 406, 418, 429}


def unreached(sources: Iterable[Source]) -> list[tuple[str, str]]:
    """Return (key, what went wrong) for every source whose address leads nowhere."""
    return [(source.key, wrong) for source in sources if (wrong := reach(source.address))]


def reach(address: str) -> str:
    """Return why an address cannot be reached, or ""."""
    asked = urllib.request.Request(address, headers={"User-Agent": "Mozilla/5.0"})
    try:
        with urllib.request.urlopen(asked, timeout=PATIENCE):
            return ""
    except urllib.error.HTTPError as error:
        return "" if error.code in TURNED_AWAY else f"{error.code} {error.reason}"
    except (OSError, ValueError) as error:
        return str(error)
