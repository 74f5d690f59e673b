"""What the HTTP API shows, field by field as docs/contract.md has it. Ids are opaque strings."""
