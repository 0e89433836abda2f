/** Eine geplante Kampagne: was ihre Seite und ihr Protokoll von ihren Läufen sagen. */
export const campaignSchedule = {
  schedule: {
    skips: 'Läufe, die fällig werden, solange sie angehalten ist, entfallen.',
    results: 'Ergebnisse von Lauf {{n}} als CSV',
    figures: '{{completed}} von {{total}} erreicht, {{failed}} nicht',
    people_one: '{{n}} Person',
    people_other: '{{n}} Personen',
    progress: 'Fortschritt',
    next: 'Noch nicht begonnen',
  },
  logSchedule: {
    scheduled: 'Geplant',
    draftAgain: 'Planung aufgehoben: wieder ein Entwurf',
    over: 'Planung aufgehoben: schon gelaufen und darum zu Ende',
    started: 'Gestartet: der Lauf vom {{when}}',
    waits: 'Der Lauf vom {{when}} wartet auf den vorigen',
    missed: 'Versäumt: Der Lauf vom {{when}} konnte nicht rechtzeitig beginnen',
    skippedPaused: 'Der Lauf vom {{when}} entfiel: Die Kampagne war angehalten',
    skippedBusy: 'Der Lauf vom {{when}} entfiel: Der vorige war noch nicht zu Ende',
    skippedNext: 'Der Lauf vom {{when}} entfiel: Während er wartete, kam der nächste',
    skippedUsedUp: 'Der Lauf vom {{when}} entfiel: So viele Läufe wie gewünscht haben begonnen',
    held: 'Der fällige Lauf kann nicht beginnen: {{why}}',
    runDone: 'Lauf {{n}} ist zu Ende; die Kampagne wartet auf den nächsten',
    noneLeft: 'Abgeschlossen: Kein Lauf steht mehr bevor',
    resumed: 'Fortgesetzt: Die Planung gilt wieder',
  },
}
