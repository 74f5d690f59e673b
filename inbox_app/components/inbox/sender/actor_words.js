// What kind of person somebody is, why they may be the sender, and what speaks against it, in words.
import * as format from "@/external/inbox_app/components/i18n/times/formats.js";

export const KINDS = ["guest", "owner", "supplier"];

/** That may be chosen of somebody, by name. */
export const LANGUAGES = [
  "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "id", "it", "ja", "ka", "ko", "lt", "lv",
  "mk", "nb", "nl", "pl", "pt", "pt-BR", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "th", "tl", "tr", "uk", "ur", "vi", "zh-Hans", "zh-Hant",
];

export const kindName = (kind, t) => ({ guest: t("Guest"), owner: t("Owner"), supplier: t("Supplier") })[kind] ?? t("Unknown");

const whereInStay = ({ stay_phase: phase, stay_date: date }, t) =>
  ({
    arriving_today: t("Arriving today"),
    in_house: t("In house"),
    departing_today: t("Leaving today"),
    departed: t("Departed"),
  })[phase] ?? `${t("Arriving")} ${format.shortDate(date)}`;

/** The reasons of a `CandidateRow`, one after another. */
export const reasons = (row, t) =>
  row.reasons.map(
    (reason) =>
      ({
        same_number: t("The same number"),
        other_spelling: t("The same number, written differently"),
        no_prefix: t("The same number, without its prefix"),
        code: t("They mention reservation {code}", { code: row.code }),
        last_digits: t("The same last four digits, from the portal's calendar"),
        same_name: t("Has the profile's name"),
        similar_name: t("Has nearly the profile's name"),
      })[reason] ?? [whereInStay(row, t), row.accommodation].filter(Boolean).join(" · "),
  );

/** Why somebody was not linked, "" for what is said elsewhere. */
export const linkProblem = (problem, whose, t) =>
  ({
    linked: t("Someone has linked this conversation to {name} meanwhile.", { name: whose }),
    gone: t("They are no longer there. Choose again."),
    busy: t("Someone else is changing this right now. Try again."),
  })[problem] ?? "";
