"""What a browser kept of somebody goes when they have signed out."""

import reflex as rx

_file = rx.asset("forget_device.jsx", shared=True)


class ForgetDevice(rx.Component):
    """Draws nothing; it stands on the page of signing in."""

    library = _file.importable_path
    tag = "ForgetDevice"
