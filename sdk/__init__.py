"""What authors see: the SDK, its types, and the Python door to the bundler."""
