/** Die Seite einer Kampagne. */
import { campaignMoves } from './campaign-moves'
import { campaignSchedule } from './campaign-schedule'
import { campaignSettings } from './campaign-settings'
import { campaignStory } from './campaign-story'
import { campaignTabs } from './campaign-tabs'

export const campaign = {
  title: 'Kampagne',
  progress: 'Fortschritt von {{name}}',
  metrics: 'Zahlen dieser Kampagne',
  rows: {
    people_one: '{{n}} Person',
    people_other: '{{n}} Personen',
    calls_one: '{{n}} Anruf',
    calls_other: '{{n}} Anrufe',
  },
  sentence: {
    draft: 'Ein Entwurf: Niemand wird angerufen, bevor er gestartet ist.',
    scheduled: 'Geplant: Die Kampagne wartet auf ihren Beginn.',
    nextRun: 'Geplant: Der nächste Lauf beginnt {{at}}.',
    enrolled_one: '{{n}} Person ist eingetragen.',
    enrolled_other: '{{n}} Personen sind eingetragen.',
    empty: 'Niemand ist eingetragen.',
    dialing: '{{n}} von {{limit}} gleichzeitigen Anrufen, {{rate}} je Minute.',
    dialingOpen_one: '{{n}} gleichzeitiger Anruf, {{rate}} je Minute.',
    dialingOpen_other: '{{n}} gleichzeitige Anrufe, {{rate}} je Minute.',
    ends: 'Endet gegen {{at}}.',
    lastCalls_one: 'Niemand ist mehr anzurufen; der letzte Anruf läuft.',
    lastCalls_other: 'Niemand ist mehr anzurufen; die letzten {{n}} Anrufe laufen.',
    waitRetry_one: 'Alle wurden angerufen; {{n}} Person wartet auf eine Wiederholung.',
    waitRetry_other: 'Alle wurden angerufen; {{n}} Personen warten auf eine Wiederholung.',
    notDialing: 'Gerade wird nicht gewählt; unten steht, warum.',
    goesOn: 'Weiter geht es gegen {{at}}.',
    paused: 'Angehalten: Es werden keine Anrufe getätigt.',
    failed:
      'Fehlgeschlagen: Es wird nicht angerufen, bis die Ursache behoben ist und jemand die Kampagne fortsetzt.',
    underWay_one: '{{n}} Anruf läuft noch.',
    underWay_other: '{{n}} Anrufe laufen noch.',
    waiting_one: '{{n}} Person wartet auf ihren Anruf.',
    waiting_other: '{{n}} Personen warten auf ihren Anruf.',
    completed: 'Abgeschlossen.',
    completedAt: 'Abgeschlossen {{at}}.',
    stopped: 'Beendet.',
    stoppedAt: 'Beendet {{at}}.',
    reached_one: '{{n}} von {{called}} angerufenen Person wurde erreicht.',
    reached_other: '{{n}} von {{called}} angerufenen Personen wurden erreicht.',
    nobodyCalled: 'Niemand wurde angerufen.',
    notCalled_one: '{{n}} Person wurde nicht angerufen.',
    notCalled_other: '{{n}} Personen wurden nicht angerufen.',
  },
  reason: {
    scheduled: 'Ein Lauf ist fällig und wartet',
    paused: 'Sie hat sich selbst angehalten',
    failed: 'Warum sie fehlgeschlagen ist',
    carrier: 'Zum Netzbetreiber',
  },
  why: {
    title: 'Warum wird nicht gewählt?',
    titleMore: 'Warum wird nicht mehr gewählt?',
    nothing: 'Nichts hält sie auf: Anrufe beginnen, sobald jemand an der Reihe ist.',
    people_one: '{{n}} Person',
    people_other: '{{n}} Personen',
    until: 'bis {{at}}',
    first: 'zuerst {{at}}',
    now: 'Gerade werden Anrufe begonnen.',
    openings: 'Wer auf welche Öffnung wartet',
    opening_one: '{{n}} Person ab {{at}}',
    opening_other: '{{n}} Personen ab {{at}}',
    later_one: '{{n}} Person später',
    later_other: '{{n}} Personen später',
  },
  blocker: {
    recipient_hours: 'Nach ihrer eigenen Uhr dürfen sie jetzt nicht angerufen werden',
    calling_hours: 'Außerhalb der eigenen Zeiten der Kampagne',
    retry_wait: 'Warten auf Wiederholung',
    daily_cap: 'Wurden heute so oft angerufen, wie es je Nummer erlaubt ist; morgen geht es weiter',
    paused: 'Die Kampagne ist angehalten; setzen Sie sie fort, damit es weitergeht',
    campaign_concurrent_calls: 'Die Grenze der Kampagne für gleichzeitige Anrufe ist erreicht',
    concurrent_calls: 'Die Grenze der Organisation für gleichzeitige Anrufe ist erreicht',
    calls_per_second: 'Anrufe beginnen so schnell, wie die Grenze je Sekunde erlaubt',
    carrier_missing:
      'Kein Netzbetreiber ist eingerichtet. Ein Administrator kann es unter Verwaltung, Netzbetreiber tun.',
    carrier_unavailable: 'Der Netzbetreiber antwortet nicht oder bittet zu warten. Es wird weiter versucht.',
    carrier_slow: 'Der Netzbetreiber antwortet langsam, und mehr Anfragen auf einmal sind nicht erlaubt',
    useless_after:
      'Danach nützt die Nachricht nichts mehr: Wer bis dahin nicht angerufen ist, wird nicht mehr angerufen',
    location_needed:
      'Keine Stunde ist an jedem Ort erlaubt, an dem sie sein können. Tragen Sie Zeitzone oder Postleitzahl ein.',
    test_of_first:
      'Zur Probe werden zuerst nur die Ersten der Liste angerufen; diese warten auf das Ende der Probe',
    finishing: 'Niemand ist mehr anzurufen; die letzten Anrufe laufen noch',
  },
  pace: {
    title: 'Anrufe je Minute',
    started: 'Begonnen',
    answered: 'Angenommen',
    minute: 'Minute',
    table: 'Dasselbe als Tabelle',
    summary:
      'Linie der Anrufe je Minute in der letzten Stunde. Der neueste Wert ist {{n}} je Minute, der höchste {{most}}.',
    none: 'Keine Anrufe in der letzten Stunde.',
  },
  outcomes: {
    title: 'Ergebnisse',
    hint: 'Beendete Anrufe, Wiederholungen eingeschlossen.',
    machines: 'Ohne Erkennung von Anrufbeantwortern ist „Angenommen“ ein Mensch oder eine Maschine.',
    none: 'Noch ist kein Anruf beendet.',
    retrying: 'Wartet auf Wiederholung',
  },
  newest: {
    title: 'Letzte Anrufe',
    none: 'Hier erscheinen die ersten Anrufe.',
    all: 'Alle Anrufversuche',
  },
  hint: {
    title: 'Woran die niedrige Erfolgsquote liegen kann',
    numbers: 'Prüfen Sie die Liste: Falsche und alte Nummern erreichen niemanden.',
    numbersSeen:
      '{{percent}} der Anrufe kamen nicht zustande. Prüfen Sie die Liste auf falsche und alte Nummern.',
    hours: 'Rufen Sie zu Geschäftszeiten an, 9 bis 17 Uhr nach der Uhr der Angerufenen.',
    hoursSeen:
      '{{percent}} der Anrufe wurden nicht angenommen, und angerufen wird auch vor 9 oder nach 17 Uhr. Versuchen Sie es zu Geschäftszeiten.',
    length: 'Die Nachricht dauert etwa {{seconds}} Sekunden. Viele legen vorher auf; bleiben Sie unter 30.',
    caller: 'Unbekannte Nummern werden oft nicht angenommen. Rufen Sie von einer Nummer an, die man erkennt.',
    callerSeen:
      '{{percent}} der Anrufe nahm kein Mensch an. Rufen Sie von Nummern an, die man erkennt, etwa aus der Gegend der Angerufenen.',
  },
  tab: {
    recipients: 'Empfänger',
    attempts: 'Anrufversuche',
    runs: 'Durchläufe',
    settings: 'Einstellungen',
    log: 'Protokoll',
  },
  tabs: 'Teile dieser Kampagne',
  ...campaignTabs,
  ...campaignSchedule,
  ...campaignSettings,
  ...campaignStory,
  ...campaignMoves,
}
