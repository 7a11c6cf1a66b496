"""Values in, a dataset out: :mod:`triples`, :mod:`derive`, :mod:`export`, :mod:`validate`, :mod:`store`."""
