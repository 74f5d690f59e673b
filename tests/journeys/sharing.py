"""Sharing to the application, as a phone's other applications do."""

import base64

from playwright.sync_api import Page

from tests.support.samples import sample_files

_SHARE = """([text, photos]) => {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: "/share", enctype: "multipart/form-data" });
  const field = (type, name) => {
    const made = Object.assign(document.createElement("input"), { type, name });
    form.append(made);
    return made;
  };
  field("text", "text").value = text;
  const files = new DataTransfer();
  for (const [name, content] of photos) {
    const bytes = Uint8Array.from(atob(content), (each) => each.charCodeAt(0));
    files.items.add(new File([bytes], name, { type: "image/jpeg" }));
  }
  field("file", "files").files = files.files;
  document.body.append(form);
  form.submit();
}"""
_PHOTO = base64.b64encode(sample_files.photo()).decode()


def is_taken_care_of(page: Page) -> None:
    """The service worker, which takes what is shared, is there."""
    page.evaluate(
        "() => navigator.serviceWorker.controller ??"
        " new Promise((is) => navigator.serviceWorker.addEventListener('controllerchange', is))"
        ".then(() => 0)"
    )


def share(page: Page, text: str, *photos: str) -> None:
    """As a phone does with what is shared to the application."""
    page.evaluate(_SHARE, [text, [[name, _PHOTO] for name in photos]])
