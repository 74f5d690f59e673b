// What came of reading a calendar, in words: numbers, and what to do when it failed (A4).

/** What the last reading changed, after how many stays there are. */
export const counted = ({ stays, created, changed, cancelled }, tn) =>
  [
    tn("{n} stay to come", "{n} stays to come", { n: stays }),
    created && tn("{n} new among them", "{n} new among them", { n: created }),
    changed && tn("{n} changed", "{n} changed ones", { n: changed }),
    cancelled && tn("{n} cancelled", "{n} cancelled ones", { n: cancelled }),
  ].filter(Boolean).join(", ");

/** Why it failed and what to do, "" for nothing; `home` has the address already. */
export const calendarProblem = (problem, t, home = "") =>
  problem === "" ? "" : {
    not_https: t("The address must begin with https://. Copy it again from the portal, whole."),
    not_public: t("This address leads to a private network. Use the one the portal gives you for exporting its calendar."),
    unknown_host: t("No such site exists. Check that the address is copied whole."),
    unreachable: t("The portal doesn't answer. We keep trying; nothing you have is lost."),
    too_slow: t("The portal takes too long to answer. We keep trying; nothing you have is lost."),
    in_trouble: t("The portal is having trouble. We keep trying; nothing you have is lost."),
    untrusted: t("The site's certificate isn't valid, so nothing was read. Check the address."),
    redirected: t("The address leads from page to page and never to a calendar. Copy it again from the portal."),
    unreadable: t("What came back is not a calendar. Copy the address again from the portal."),
    refused: t("The portal no longer knows this address. Copy a new one from its calendar page and add it here."),
    not_a_calendar: t("There is no calendar here. Look in the portal for “Export calendar” and copy the iCal address (.ics)."),
    cut_short: t("The calendar arrived incomplete, so nothing was changed. We try again by ourselves."),
    too_large: t("The calendar is too large: at most 5 MB."),
    too_many: t("The calendar has more than 5,000 entries. Export a shorter period."),
    doubtful: t("Most of its stays are missing all of a sudden: nothing was cancelled. If it's still so tomorrow, they count as cancelled."),
    unreadable_key: t("The address can't be read any more, because the installation's key has changed. Remove it and add it again."),
    taken: home ? t("This address is already read for {name}.", { name: home }) : t("This address is already read."),
    too_many_calendars: t("This accommodation already has 20 calendars. Remove one that you don't need."),
  }[problem] ?? t("It didn't work. Try again.");
