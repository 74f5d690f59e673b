"""What frames a page: icons, links, empty states, the title of the tab."""
