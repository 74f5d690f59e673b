"""Kinds and statuses of tasks by the names that tables have for them."""

from inbox_app.domain.imports.names import plain
from inbox_app.domain.tasks import TaskKind, TaskStatus


def kind(text: str) -> TaskKind | None:
    return _KINDS.get(plain(text))


def status(text: str) -> TaskStatus | None:
    return _STATUSES.get(plain(text))


_KINDS = {
    plain(word): task_kind
    for task_kind, words in {
        TaskKind.CLEANING: "cleaning, clean, housekeeping, turnover, linen, laundry, pulizia,"
        "pulizie, pulizia finale, cambio biancheria, biancheria, lavanderia, limpieza, lavandería,"
        "Reinigung, Endreinigung, Wäsche, ménage, nettoyage, linge",
        TaskKind.MAINTENANCE: "maintenance, repair, repairs, fix, inspection, manutenzione,"
        "riparazione, guasto, ispezione, mantenimiento, reparación, avería, inspección, Wartung,"
        "Reparatur, Instandhaltung, Inspektion, entretien, réparation, maintenance, inspection",
        TaskKind.CHECK_IN: "check_in, check in, checkin, arrival, welcome, accoglienza, arrivo,"
        "consegna chiavi, llegada, entrada, bienvenida, Anreise, Empfang, Schlüsselübergabe,"
        "arrivée, accueil",
        TaskKind.CHECK_OUT: "check_out, check out, checkout, departure, partenza, ritiro chiavi,"
        "salida, Abreise, départ",
        TaskKind.OTHER: "other, general, misc, delivery, garden, gardening, pool, altro, generico,"
        "varie, consegna, giardino, giardinaggio, piscina, otro, otra, otros, varios, entrega,"
        "jardín, Sonstiges, Andere, Garten, Lieferung, autre, divers, livraison, jardin, piscine",
    }.items()
    for word in words.split(",")
}
_STATUSES = {
    plain(word): task_status
    for task_status, words in {
        TaskStatus.OPEN: "open, new, to do, todo, pending, scheduled, assigned, not started,"
        "planned, aperta, aperto, nuova, nuovo, da fare, in attesa, programmata, pianificata,"
        "assegnata, abierta, abierto, nueva, por hacer, pendiente, programada, asignada, offen,"
        "neu, zu erledigen, geplant, zugewiesen, ouverte, ouvert, nouvelle, à faire, en attente,"
        "planifiée",
        TaskStatus.IN_PROGRESS: "in_progress, in progress, started, doing, ongoing, in corso,"
        "iniziata, in lavorazione, en curso, en progreso, iniciada, in Arbeit, begonnen, läuft,"
        "en cours, commencée",
        TaskStatus.DONE: "done, completed, complete, finished, closed, fatta, fatto, completata,"
        "completato, conclusa, finita, chiusa, hecha, hecho, completada, terminada, finalizada,"
        "cerrada, erledigt, abgeschlossen, fertig, terminée, faite, achevée, clôturée",
        TaskStatus.CANCELLED: "cancelled, canceled, annullata, annullato, cancellata, cancelada,"
        "anulada, storniert, abgesagt, abgebrochen, annulée",
    }.items()
    for word in words.split(",")
}
