"""The rule language: one small tree of conditions, and how it is read from YAML."""
