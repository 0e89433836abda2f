/** Die Liste der Kampagnen. */
export const campaigns = {
  title: 'Kampagnen',
  create: 'Kampagne erstellen',
  search: 'Kampagnen suchen',
  tabs: 'Kampagnen nach Zustand',
  tab: { active: 'Aktiv', scheduled: 'Geplant', drafts: 'Entwürfe', completed: 'Abgeschlossen' },
  row: {
    started: 'Gestartet',
    finished: 'Beendet',
    created: 'Erstellt',
    people_one: '{{n}} Person',
    people_other: '{{n}} Personen',
    progressOf: 'Fortschritt von {{name}}',
    of: '{{done}} von {{total}}',
    perMinute: '{{n}} Anrufe je Minute',
    talking: '{{n}} am Telefon',
    waiting: '{{n}} warten',
    retrying: '{{n}} in Wiederholung',
    ends: 'endet gegen {{at}}',
    success: 'Erfolgsquote {{rate}}',
  },
  act: {
    pauseOf: '{{name}} anhalten',
    resumeOf: '{{name}} fortsetzen',
    stopOf: '{{name}} beenden',
    moreOf: 'Mehr zu {{name}}',
    start: 'Jetzt starten',
    unschedule: 'Planung aufheben',
    edit: 'Weiter bearbeiten',
    duplicate: 'Duplizieren',
    export: 'Ergebnisse exportieren',
    csv: 'Als CSV',
    excel: 'Als Excel',
    delete: 'Entwurf löschen',
  },
  hint: {
    pause:
      'Anhalten: Es beginnt kein weiterer Anruf. Laufende Anrufe gehen weiter. Sie können später fortsetzen.',
    pauseRuns:
      'Anhalten: Kein Lauf beginnt; was inzwischen fällig wird, entfällt. Sie können später fortsetzen.',
    resume: 'Fortsetzen: Es geht weiter, wo angehalten wurde. Niemand wird deswegen zweimal angerufen.',
    stop: 'Beenden: Die Kampagne endet endgültig. Sie werden vorher gefragt.',
  },
  done: {
    pause: '„{{name}}“ ist angehalten. Es beginnt kein weiterer Anruf.',
    pauseRuns: '„{{name}}“ ist angehalten. Läufe, die inzwischen fällig werden, entfallen.',
    resume: '„{{name}}“ wählt wieder.',
    resumeRuns: '„{{name}}“ wartet wieder auf den nächsten Lauf.',
    duplicate: 'Dies ist ein neuer Entwurf mit den Einstellungen und Kontakten von „{{name}}“.',
  },
  delete: {
    title: 'Entwurf „{{name}}“ löschen?',
    consequence:
      'Einstellungen und Empfängerliste sind dann endgültig fort. Die Kontakte bleiben im Kontaktbuch.',
    verb: 'Entwurf löschen',
  },
  empty: {
    first: 'Erste Kampagne erstellen',
    title: 'Viele Menschen mit einer Nachricht anrufen',
    simulated:
      'Eine Kampagne besteht aus einer Liste von Menschen, einer Nachricht und Regeln für Wiederholungen. Probieren Sie es aus: Beim simulierten Netzbetreiber klingelt kein Telefon.',
    real: 'Eine Kampagne besteht aus einer Liste von Menschen, einer Nachricht und Regeln für Wiederholungen. Carillon ruft alle einmal an und zeigt Ihnen live, wie es läuft.',
    active: {
      title: 'Keine Kampagne ist aktiv',
      text: 'Hier stehen Kampagnen, die wählen, und solche, die angehalten oder fehlgeschlagen sind und Sie brauchen.',
    },
    scheduled: {
      title: 'Keine Kampagne ist geplant',
      text: 'Hier stehen Kampagnen, die auf ihren Beginn warten.',
    },
    drafts: {
      title: 'Keine Entwürfe',
      text: 'Hier stehen Kampagnen, die noch nicht gestartet sind. Sie werden laufend gespeichert.',
    },
    completed: {
      title: 'Keine Kampagne ist abgeschlossen',
      text: 'Hier stehen Kampagnen mit ihren Ergebnissen, die alle angerufen haben oder beendet wurden.',
    },
  },
}
