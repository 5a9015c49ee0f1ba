"""livedocs: Markdown pages go in; pages with the outputs of their Python fences come out."""
