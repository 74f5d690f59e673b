"""«Operazioni»: what a supplier has to do."""
