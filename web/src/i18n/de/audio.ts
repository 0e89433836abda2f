/** Die Sammlung der Aufnahmen. */
export const audio = {
  title: 'Audio',
  department: 'Abteilung',
  added: '{{name}} ist in der Sammlung. Jede Kampagne der Abteilung kann sie abspielen.',
  addedAt: 'hinzugefügt',
  loudness: {
    quiet: 'Leise, {{level}} dB',
    fine: 'Gute Lautstärke, {{level}} dB',
    loud: 'Sehr laut, {{level}} dB',
  },
  loudnessHint: {
    quiet:
      'Mittlere Lautstärke. Eine so leise Aufnahme ist am Telefon schwer zu verstehen: Nehmen Sie sie lauter auf.',
    fine: 'Mittlere Lautstärke, in Dezibel unter Vollaussteuerung. Für ein Telefon passt sie.',
    loud: 'Mittlere Lautstärke. Eine so laute Aufnahme kann am Telefon verzerrt klingen.',
  },
  empty: {
    title: 'Noch keine Aufnahmen',
    text: 'Eine Kampagne kann statt eines gesprochenen Textes eine Aufnahme abspielen. Laden Sie eine MP3- oder WAV-Datei hoch; sie steht hier allen Kampagnen der Abteilung bereit.',
  },
  remove: {
    of: '{{name}} löschen',
    title: '„{{name}}“ löschen?',
    consequence:
      'Sie ist dann endgültig fort. Eine Kampagne, die sie abspielt, braucht vorher eine andere Nachricht.',
    verb: 'Aufnahme löschen',
  },
}
