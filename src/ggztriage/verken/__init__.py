"""What-if: people who do not exist, drawn to published figures, under two rulebooks or regional choices side by side.

``population`` reads from YAML how people are drawn, ``draw`` draws them, ``check`` holds them against what was
published, ``compare`` advises on all of them, and ``explore`` does all of this. ``output`` writes it to a folder.
"""
