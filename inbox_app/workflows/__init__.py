"""What asks the outside something between two transactions, for pages, API, jobs and commands:
read and commit → HTTP with no transaction open → record and commit."""
