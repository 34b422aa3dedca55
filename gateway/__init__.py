"""Discord, outbound and inbound."""
