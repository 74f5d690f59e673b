"""What frames a page: icons, empty states, long lists, the title of the tab."""
