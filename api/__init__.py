"""The outermost layer: HTTP, the `flora` command, the composition root."""
