"""What asks Meta something between two transactions, for pages, API, jobs and commands alike:
read and commit → HTTP with no transaction open → record and commit."""
