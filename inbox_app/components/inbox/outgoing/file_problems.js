// What is said of a file that cannot be sent, and what would work instead; the names are domain/files/outgoing_files.py's (M2).

/** Without a problem: it did not get through. */
export const sentenceOf = (problem, t) => (SENTENCES[problem] ?? SENTENCES[""])(t);

export const SENTENCES = {
  "": (t) => t("It did not get through. Check the connection and try again."),
  empty: (t) => t("This file is empty. If it opens on your device, attach it again from there."),
  too_large: (t) => t("This PDF is larger than WhatsApp allows (100 MB). Split it, or save it with smaller pictures."),
  video: (t) => t("Videos can't be sent from here. Send a photo, or a link to the video."),
  audio: (t) => t("Audio can't be sent from here. Write it, or send a link to the recording."),
  office: (t) => t("Documents go as PDF. Save this one as a PDF and attach that."),
  archive: (t) => t("Archives can't be sent. Attach the photos and PDFs in it one by one."),
  program: (t) => t("This is a program, whatever it is called. Only photos and PDFs can be sent."),
  web_page: (t) => t("This is a web page or a drawing. Print it to a PDF and attach that, or send its link."),
  animation: (t) => t("Moving pictures can't be sent from here. Attach a photo."),
  broken_photo: (t) => t("This photo is damaged: it cannot be opened. Take it again, or attach a screenshot of it."),
  huge_photo: (t) => t("This picture has too many pixels. Make it smaller and attach it again."),
  encrypted_pdf: (t) => t("This PDF asks for a password, and would not open. Save it without one and attach that."),
  broken_pdf: (t) => t("This PDF is damaged or has no pages. Save or print it again as a PDF."),
  other: (t) => t("Only photos and PDFs can be sent. Save this file as a PDF and attach that."),
  not_taken: (t) => t("Such files can't be sent in this conversation. Write what is in it."),
  too_many: (t) => t("There are too many files here. Send some first, then attach the others."),
  lost: (t) => t("It had not arrived when the page was reloaded, and this browser did not keep it. Attach it again."),
  not_kept: (t) => t("It could not be kept on the server just now. Try again in a moment."),
  not_found: (t) => t("This conversation is no longer there."),
  signed_out: (t) => t("You are signed out. Sign in again, then attach it once more."),
};
