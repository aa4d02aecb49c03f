"""Ways to advise on a whole Parquet file; each module has a function ``run(source, target)``."""
