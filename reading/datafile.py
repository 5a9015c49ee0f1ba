"""Write a data file as code that makes it: its name and content go in; a statement comes out."""


def written(name: str, content: bytes) -> str:
    """Return the statement that writes a file.

    A text is written line by line, as a reader sees it; what has anything that is not seen (a tab,
    another end of line), and what is no text in UTF-8, as bytes.
    """
    text = content.decode("utf-8", errors="surrogateescape")
    *lines, end = text.split("\n")
    if end or not all(line.isprintable() for line in lines):
        return f"Path({name!r}).write_bytes({content!r})"
    text = text.replace("\\", r"\\").replace('"""', r"\"\"\"")
    return f'Path({name!r}).write_text("""\\\n{text}""", encoding="utf-8", newline="")'
