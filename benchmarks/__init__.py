"""How fast ggztriage is beside other ways to do the same; ``python -m benchmarks`` measures and writes the report."""
