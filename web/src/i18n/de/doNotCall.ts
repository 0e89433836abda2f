/** Die Sperrliste. */
export const doNotCall = {
  title: 'Sperrliste',
  lead: 'Nummern auf dieser Liste wählt keine Kampagne Ihrer Organisation, wer auch immer sie startet.',
  search: 'Ziffern oder Grund',
  add: 'Nummer hinzufügen',
  addTitle: 'Nummer auf die Sperrliste setzen',
  addConsequence:
    'Ab jetzt wählt sie keine Kampagne. Ein Anruf, der schon klingelt oder läuft, geht zu Ende.',
  addedNotice: '{{phone}} wird nicht mehr angerufen',
  phone: 'Telefon',
  phoneHint: 'Wie Sie sie schreiben. Ohne Landesvorwahl ist es eine Nummer des Landes Ihrer Organisation.',
  reason: 'Grund',
  reasonHint: 'Was die Person gesagt hat oder wer darum bat. Er wird als Nachweis aufbewahrt.',
  how: 'Wie sie hierher kam',
  by: 'Eingetragen von',
  added: 'Hinzugefügt',
  remove: 'Nummer entfernen',
  removeLabel: '{{phone}} entfernen',
  removeTitle: '{{phone}} von der Sperrliste nehmen?',
  removeConsequence:
    'Kampagnen dürfen sie sofort wieder anrufen. Tun Sie dies nur, wenn die Person darum gebeten hat oder die Nummer ein Irrtum war.',
  removeReasonHint: 'Wer darum bat und wann. Es wird für immer aufbewahrt, mit Ihrem Namen.',
  removedNotice: '{{phone}} darf wieder angerufen werden',
  emptyTitle: 'Keine Nummer steht auf der Liste',
  empty:
    'Wer während eines Anrufs die Abmeldetaste drückt, kommt von selbst hierher. Fügen Sie hinzu, wer auf anderem Weg darum bittet.',
  source: {
    page: 'Von Hand eingetragen',
    import: 'Importierte Liste',
    key_press: 'Taste im Anruf gedrückt',
    tag: 'Kontakt mit Schlagwort DNC',
  },
}
