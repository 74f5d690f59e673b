"""Tasks: as the property-management system or a property manager tells of them."""
