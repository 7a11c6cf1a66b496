"""xaikg: a knowledge graph of explainable-AI papers, methods and the relations between them."""

__version__ = "0.1.0"
