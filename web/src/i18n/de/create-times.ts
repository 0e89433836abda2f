/** Kampagne erstellen, Schritte 4 und 5: Wiederholungen und Zeiten. */
export const createTimes = {
  retry: {
    picture: 'Was mit jemandem geschieht, der nicht erreicht wird',
    attempts: 'Höchstzahl der Versuche',
    attemptsHint: 'Alle Anrufe bei einer Person, der erste mitgezählt.',
    once: 'Alle werden einmal angerufen.',
    delay: 'Wartezeit',
    delayHint:
      'Von {{least}} bis 24 Stunden. Fiele ein Versuch aus den erlaubten Zeiten, wartet er auf die nächste Öffnung.',
    before: 'Vor Versuch {{attempt}}',
    unitOf: 'Einheit der Wartezeit vor Versuch {{attempt}}',
    minutes: 'Minuten',
    hours: 'Stunden',
    conditions: 'Bedingungen',
    conditionsHint:
      'Wann noch einmal angerufen wird. Eine Nummer, die der Netzbetreiber unmöglich nennt, nie.',
    on: {
      no_answer: 'Keine Antwort',
      busy: 'Besetzt',
      failed: 'Fehlgeschlagen (Netzfehler)',
      voicemail: 'Anrufbeantworter',
    },
    voicemailHint: 'Dazu müssen unter „Anruf“ Anrufbeantworter erkannt werden.',
    attempt: 'Versuch {{number}}',
    atOnce: 'Sofort',
    waits: '{{span}} warten',
    if: 'bei {{conditions}}',
    after: 'frühestens {{span}} nach dem ersten',
    atLast: 'dann',
    usedUp_one: 'nach einem Versuch',
    usedUp_other: 'nach {{count}} Versuchen',
  },
  schedule: {
    begin: 'Beginn',
    now: 'Jetzt starten',
    nowHint: 'Der erste Anruf beginnt sofort, wenn Sie starten.',
    once: 'Planen',
    recurring: 'Wiederkehrend',
    recipientHours: 'Empfängerzeiten',
    recipientHoursHint:
      'Nach der Uhr jeder Person: dort, wo sie nach Nummer, Postleitzahl oder genannter Zeitzone ist.',
    rule: 'Die Regel Ihrer Organisation ist {{start}} bis {{end}}.',
    keepHours: 'Nur in diesen Zeiten anrufen',
    adminOnly:
      'Nur ein Administrator darf sie ausschalten oder weiter setzen als die Regel Ihrer Organisation.',
    off: 'Aus: Menschen können mitten in der Nacht angerufen werden. Das steht im Prüfprotokoll.',
    start: 'Von',
    end: 'Bis',
    campaignHours: 'Kampagnenzeiten',
    limitHours: 'Nur an bestimmten Tagen und zu bestimmten Zeiten wählen',
    limitHoursHint:
      'Nach einer einzigen Uhr, zusätzlich zu den Empfängerzeiten: etwa wenn Ihr Büro für Rückfragen offen ist.',
    days: 'Tage',
    zone: 'Zeitzone',
  },
}
