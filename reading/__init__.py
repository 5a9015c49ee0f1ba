"""reading: what serves readers beside the outputs: sources, terms, the map of concepts."""
