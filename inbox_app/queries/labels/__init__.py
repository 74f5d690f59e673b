"""Labels and saved views, as screens and API show them."""
