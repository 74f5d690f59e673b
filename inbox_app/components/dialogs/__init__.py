"""What lies over a page: dialogs, menus, the side panel."""
