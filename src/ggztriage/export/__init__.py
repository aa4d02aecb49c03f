"""The rulebook written out for programs that others made: SQL, DMN, JDM, JSON Schema and the Algoritmeregister.

Every export reads the same tree as the motors; none of them runs a rule itself.
"""
