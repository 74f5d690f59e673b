"""The texts of the pages in each language: gettext catalogues, English being the source."""
