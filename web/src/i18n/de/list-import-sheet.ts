/** Eine Liste aus Google Sheets: ihr Link, und warum eine Tabelle nicht geholt wurde. */
export const sheet = {
  title: 'Aus Google Sheets importieren',
  link: 'Google-Sheets-URL',
  hint: 'Geben Sie die Tabelle für „Jeder, der über den Link verfügt“ frei und kopieren Sie den Link. Importiert wird das Blatt, das er nennt; seine erste Zeile enthält die Spaltennamen.',
  fetch: 'Tabelle holen',
  fetching: 'Wird geholt; das kann 30 Sekunden dauern.',
  refused: 'Die Tabelle wurde nicht angenommen: {{why}}',
  tooMany: 'In einer Stunde können Sie zehn Tabellen holen. Die nächste geht in {{wait}}.',
  fault: {
    empty: 'Fügen Sie den Link einer Google-Tabelle ein: dort „Freigeben“, dann „Link kopieren“.',
    tooLong: 'Das ist länger als jeder Link. Fügen Sie nur den Link der Tabelle ein.',
    badCharacter:
      'Darin steht ein Zeichen oder ein Leerzeichen, das kein Link hat. Fügen Sie nur den Link der Tabelle ein.',
    notHttps: 'Der Link muss mit https://docs.google.com/spreadsheets/ beginnen.',
    otherHost:
      'Das ist kein Link zu Google Sheets. Er muss mit https://docs.google.com/spreadsheets/ beginnen.',
    folder: 'Dieser Link führt zu einem Ordner. Öffnen Sie die Tabelle darin und kopieren Sie deren Link.',
    driveFile:
      'Dieser Link führt zu einer Datei in Drive. Öffnen Sie sie mit Google Sheets und kopieren Sie den Link dort, oder laden Sie sie als CSV hoch.',
    notASheet:
      'Dieser Link führt zu einem Dokument anderer Art. Öffnen Sie die Tabelle und kopieren Sie deren Link.',
    noId: 'Dieser Link sagt nicht, welche Tabelle. Öffnen Sie sie und kopieren Sie den ganzen Link.',
    badTab:
      'Das Blatt in diesem Link (gid) ist keine Zahl. Öffnen Sie das Blatt und kopieren Sie den Link erneut.',
    twoTabs:
      'Dieser Link nennt zwei verschiedene Blätter. Öffnen Sie das gewünschte und kopieren Sie den Link erneut.',
    tabByName:
      'Dieser Link nennt sein Blatt beim Namen, und Namen ändern sich. Öffnen Sie das Blatt und kopieren Sie den Link aus der Adresszeile.',
    picksRows:
      'Dieser Link wählt Zeilen der Tabelle aus, was ein Import nicht kann. Legen Sie sie auf ein eigenes Blatt.',
    notShared:
      'Diese Tabelle ist nicht freigegeben. Wählen Sie in Google Sheets „Freigeben“, dann „Jeder, der über den Link verfügt“.',
    notFound: 'Dieser Link führt zu keiner Tabelle. Sie wurde gelöscht, oder ein Teil des Links fehlt.',
    noSuchTab:
      'Die Tabelle hat kein solches Blatt. Öffnen Sie das Blatt und kopieren Sie den Link aus der Adresszeile.',
    page: 'Dieser Link führt zu einer Seite statt zu Zeilen. Geben Sie die Tabelle für „Jeder, der über den Link verfügt“ frei, oder laden Sie sie als CSV hoch.',
    notCsv:
      'Dieser Link führt zu etwas, das keine Tabelle ist. Geben Sie die Tabelle selbst frei, oder laden Sie sie als CSV hoch.',
    emptySheet: 'Die Tabelle ist leer.',
    leadsAway:
      'Dieser Link führt von Google Sheets weg, und nichts anderes wird geholt. Kopieren Sie den Link der Tabelle selbst.',
    tooLarge: 'Die Tabelle ist größer als {{size}}. Teilen Sie sie in mehrere.',
    busy: 'Google Sheets bittet um weniger Anfragen. Versuchen Sie es in einigen Minuten wieder.',
    unreachable: 'Google Sheets antwortet nicht, wie es soll. Versuchen Sie es in einigen Minuten wieder.',
    tooSlow:
      'Die Tabelle kam nicht rechtzeitig an. Versuchen Sie es wieder, oder laden Sie sie als CSV hoch.',
    cutOff: 'Die Tabelle brach unterwegs ab. Versuchen Sie es wieder.',
  },
}
