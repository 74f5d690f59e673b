"""The headings by which columns are known, in Italian, English, Spanish, German and French (A3).

Case, accents, dashes and points don't matter.
"""

HEADINGS: dict[str, str] = {
    "external_id": "id, key, external id, chiave, codice esterno, clave, id externo, Schlüssel,"
    " clé,"
    "identifiant, uuid, reference id",
    "code": "code, booking code, reservation code, booking number, reservation number, booking id,"
    "reservation id, booking, reservation, confirmation code, confirmation number, reference,"
    "booking reference, reservation ref, ref, codice, codice prenotazione, numero prenotazione,"
    "n prenotazione, prenotazione, id prenotazione, codice di conferma, riferimento, código,"
    "código de reserva, número de reserva, n reserva, reserva, localizador,"
    "código de confirmación, Buchungsnummer, Buchungscode, Reservierungsnummer, Buchung,"
    "Reservierung, Bestätigungscode, code de réservation, numéro de réservation, n réservation,"
    "réservation, code de confirmation, book number",
    "accommodation": "accommodation, property, listing, listing name, property name, apartment,"
    "unit, unit type, room, home, house, rental, villa, alloggio, appartamento, struttura, casa,"
    "immobile, proprietà, camera, unità, annuncio, alojamiento, apartamento, propiedad,"
    "habitación, unidad, anuncio, Unterkunft, Wohnung, Ferienwohnung, Objekt, Zimmer, Inserat,"
    "Apartment, logement, hébergement, appartement, bien, chambre, annonce, maison, propriété",
    "guest_key": "guest id, guest key, customer id, id ospite, id cliente, id huésped, Gast ID,"
    "Kundennummer, id client, id voyageur",
    "guest_name": "guest, guest name, guest full name, customer, customer name, booked by, booker,"
    "lead guest, client, name of guest, traveller, ospite, nome ospite, nome dell ospite, cliente,"
    "nome cliente, turista, intestatario, prenotato da, capogruppo, huésped, nombre del huésped,"
    "nombre huésped, nombre del cliente, viajero, titular, Gast, Gastname, Name des Gastes,"
    "Gäste, Kunde, Kundenname, Mieter, gebucht von, voyageur, nom du voyageur, nom du client,"
    "hôte, locataire, vacancier, guest name s, guest names",
    "name": "name, full name, nome, nome e cognome, nominativo, ragione sociale, company,"
    "nombre, nombre completo, nombre y apellidos, razón social, Vollständiger Name, Firma, nom,"
    "nom complet, raison sociale, titolo, title",
    "first_name": "first name, given name, forename, guest first name, nome di battesimo,"
    "nome proprio, primer nombre, nombre de pila, Vorname, prénom",
    "last_name": "last name, surname, family name, guest last name, cognome, apellido, apellidos,"
    "Nachname, Familienname, nom de famille",
    "phones": "phone, phones, phone number, telephone, mobile, mobile phone, cell, cell phone,"
    "guest phone, guest phone number, contact number, whatsapp, telefono, telefoni,"
    "numero di telefono, cellulare, tel, cell, recapito, telefono ospite, teléfono,"
    "número de teléfono, móvil, celular, teléfono huésped, Telefon, Telefonnummer, Handy, Mobil,"
    "Mobiltelefon, Handynummer, téléphone, numéro de téléphone, portable, mobile number, phone 2",
    "email": "email, e mail, mail, email address, e mail address, guest email, posta elettronica,"
    "indirizzo email, indirizzo e mail, email ospite, correo, correo electrónico, email huésped,"
    "E Mail Adresse, adresse e mail, adresse email, courriel, mél",
    "language": "language, guest language, lingua, idioma, Sprache, langue",
    "country": "country, country code, guest country, booker country, nationality, paese, nazione,"
    "stato di residenza, nazionalità, país, nacionalidad, Land, Nationalität, Herkunftsland, pays,"
    "nationalité",
    "kind": "kind, type, role, category, tipo, ruolo, categoria, tipologia, rol, categoría, Art,"
    "Typ, Rolle, Kategorie, genre, rôle, catégorie",
    "check_in": "check in, checkin, check in date, arrival, arrival date, start, start date, from,"
    "date from, begin, arrivo, data arrivo, data di arrivo, dal, inizio, data inizio, da,"
    "data check in, llegada, fecha de llegada, entrada, fecha de entrada, desde, inicio,"
    "fecha de inicio, Anreise, Anreisedatum, Ankunft, von, Beginn, Startdatum, arrivée,"
    "date d arrivée, début, date de début, du",
    "check_out": "check out, checkout, check out date, departure, departure date, end, end date,"
    " to,"
    "until, date to, partenza, data partenza, data di partenza, al, fine, data fine, a,"
    "data check out, salida, fecha de salida, hasta, fin, fecha de fin, Abreise, Abreisedatum, bis,"
    "Ende, Enddatum, départ, date de départ, date de fin, au",
    "arrival_time": "arrival time, check in time, estimated arrival, eta, time of arrival,"
    "ora arrivo, ora di arrivo, orario arrivo, orario check in, hora de llegada,"
    "hora de entrada, Ankunftszeit, Anreisezeit, Check in Zeit, heure d arrivée",
    "departure_time": "departure time, check out time, ora partenza, ora di partenza,"
    "orario partenza, orario check out, hora de salida, Abreisezeit, Check out Zeit,"
    "heure de départ",
    "status": "status, state, booking status, reservation status, stato, stato prenotazione,"
    "estado, estado de la reserva, Buchungsstatus, statut, état",
    "adults": "adults, adult, number of adults, of adults, adulti, numero adulti, n adulti,"
    " adultos,"
    "número de adultos, Erwachsene, Anzahl Erwachsene, adultes, nombre d adultes, guests, persons,"
    "people, number of guests, ospiti, persone, numero ospiti, pax, huéspedes, personas, Personen,"
    "Anzahl Personen, Anzahl Gäste, personnes, voyageurs, nombre de personnes",
    "children": "children, child, kids, number of children, of children, bambini, ragazzi,"
    "numero bambini, niños, número de niños, Kinder, Anzahl Kinder, enfants, nombre d enfants",
    "infants": "infants, babies, number of infants, of infants, neonati, infanti, bebés, Babys,"
    "Kleinkinder, bébés, nourrissons",
    "pets": "pets, animals, number of pets, animali, animali domestici, mascotas, animales,"
    "Haustiere, Tiere, animaux, animaux de compagnie",
    "portal": "portal, channel, source, booking channel, booking source, platform, ota, origin,"
    "portale, canale, fonte, provenienza, origine, piattaforma, canal, fuente, origen, plataforma,"
    "Portal, Kanal, Buchungskanal, Quelle, plateforme, source de réservation, agency, agenzia",
    "portal_code": "portal code, channel reference, channel booking id, ota reference,"
    "external reference, codice portale, codice canale, riferimento portale, código del portal,"
    "código canal, Portalnummer, Kanalreferenz, code portail, référence externe, id channel",
    "url": "url, link, address of the booking, indirizzo web, enlace, Adresse Web, lien",
    "total": "total, total price, price, amount, total amount, gross, payout, earnings, revenue,"
    "grand total, totale, prezzo, prezzo totale, importo, importo totale, lordo, precio,"
    "precio total, importe, importe total, Gesamtpreis, Preis, Betrag, Gesamtbetrag, Summe, prix,"
    "prix total, montant, montant total",
    "balance": "balance, balance due, amount due, due, outstanding, to pay, saldo, da pagare,"
    "da saldare, residuo, pendiente de pago, por pagar, Restbetrag, offener Betrag, Restzahlung,"
    "solde, reste à payer, reste dû",
    "currency": "currency, currency code, valuta, moneta, divisa, moneda, Währung, devise, monnaie",
    "notes": "notes, note, comments, comment, remarks, remark, message, special requests,"
    "internal notes, annotazioni, commenti, osservazioni, richieste, notas, comentarios,"
    "observaciones, Notizen, Notiz, Bemerkungen, Bemerkung, Anmerkungen, Kommentar, remarques,"
    "commentaires, commentaire, observations, assistant note, guest note",
    "task_title": "task, task name, title, summary, subject, job, work, to do, operazione,"
    "attività, compito, lavoro, titolo, oggetto, intervento, tarea, trabajo, título, asunto,"
    "Aufgabe, Auftrag, Titel, Betreff, tâche, travail, titre, objet, opération",
    "task_kind": "task type, task kind, kind, type, category, tipo operazione, tipo attività, tipo,"
    "tipologia, categoria, tipo de tarea, categoría, Aufgabenart, Art, Typ, Kategorie,"
    "type de tâche, genre, catégorie",
    "task_id": "task id, task code, task key, id operazione, codice operazione, id attività,"
    "id tarea, código de tarea, Aufgaben ID, Auftragsnummer, id tâche, code tâche",
    "description": "description, details, instructions, descrizione, dettagli, istruzioni,"
    "descripción, detalles, instrucciones, Beschreibung, Details, Anweisungen, description,"
    "détails, instructions",
    "supplier": "supplier, vendor, contractor, assignee, assigned to, cleaner, fornitore,"
    "assegnato a, assegnata a, incaricato, addetto, manutentore, proveedor, asignado a, asignada a,"
    "responsable, Lieferant, Dienstleister, zugewiesen an, zuständig, fournisseur, prestataire,"
    "assigné à, attribué à",
    "due_at": "due, due date, due at, deadline, scheduled, scheduled for, scheduled date, date,"
    "task date, scadenza, data scadenza, entro, entro il, prevista per, data, data operazione,"
    "vencimiento, fecha límite, fecha de vencimiento, programada para, fecha, fällig, fällig am,"
    "Fälligkeit, Frist, Termin, Datum, échéance, date limite, date d échéance, prévue le",
    "due_time": "due time, time, hour, scheduled time, ora, orario, ora scadenza, hora,"
    "hora límite, Uhrzeit, Zeit, heure, heure limite",
    "timezone": "timezone, time zone, fuso orario, fuso, zona horaria, Zeitzone, fuseau horaire",
    "address": "address, street, street address, location, indirizzo, via, ubicazione, dirección,"
    "calle, ubicación, Adresse, Straße, Anschrift, adresse, rue",
    "check_in_time": "check in time, check in from, checkin time, ora check in, orario check in,"
    "orario di arrivo, check in dalle, hora de check in, hora de entrada, Check in Zeit,"
    " Check in ab,"
    "heure d arrivée, heure de check in, check in",
    "check_out_time": "check out time, check out until, checkout time, ora check out,"
    "orario check out, orario di partenza, check out entro, hora de check out, hora de salida,"
    "Check out Zeit, Check out bis, heure de départ, heure de check out, check out",
    "check_in_instructions": "check in instructions, arrival instructions, access,"
    "how to get in, istruzioni check in, istruzioni per il check in, istruzioni di arrivo, accesso,"
    "instrucciones de llegada, instrucciones de entrada, acceso, Anreiseinformationen, Zugang,"
    "Check in Anleitung, instructions d arrivée, accès",
    "door_code": "door code, key code, keybox code, lockbox code, pin, codice porta,"
    "codice della porta, codice cassetta, codice di accesso, código de puerta, código de acceso,"
    "Türcode, Zugangscode, Schlüsselcode, code de porte, code d accès, code boîte à clés",
    "wifi_name": "wifi, wi fi, wifi name, wi fi name, wifi network, ssid, nome wifi, nome wi fi,"
    "rete wifi, rete wi fi, nombre wifi, red wifi, WLAN, WLAN Name, nom wifi, réseau wifi",
    "wifi_password": "wifi password, wi fi password, wifi code, wifi key, password wifi,"
    "password wi fi, contraseña wifi, clave wifi, WLAN Passwort, WLAN Kennwort, WLAN Schlüssel,"
    "mot de passe wifi, clé wifi",
    "parking": "parking, car park, parcheggio, aparcamiento, estacionamiento, Parken, Parkplatz,"
    "stationnement",
    "house_rules": "house rules, rules, regole, regole della casa, regolamento, normas,"
    "normas de la casa, reglas, Hausordnung, Hausregeln, règlement, règles, règlement intérieur",
}
