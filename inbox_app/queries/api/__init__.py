"""What the HTTP API shows, field by field as contract.md has it. Ids are opaque strings."""
