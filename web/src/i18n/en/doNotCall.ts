/** The do-not-call list. */
export const doNotCall = {
  title: 'Do not call',
  lead: 'Numbers on this list are not dialed by any campaign of your organization, whoever starts it.',
  search: 'Digits or reason',
  add: 'Add number',
  addTitle: 'Add a number to the do-not-call list',
  addConsequence:
    'From now on no campaign dials it. A call that already rings or talks goes on until it ends.',
  addedNotice: '{{phone}} is not called any more',
  phone: 'Phone',
  phoneHint: 'Any way you write it. Without a country code it is a number of your organization’s country.',
  reason: 'Reason',
  reasonHint: 'What the person said, or who asked for it. It is kept as evidence.',
  how: 'How it came here',
  by: 'Added by',
  added: 'Added',
  remove: 'Remove number',
  removeLabel: 'Remove {{phone}}',
  removeTitle: 'Remove {{phone}} from the do-not-call list?',
  removeConsequence:
    'Campaigns may call it again at once. Do this only when the person asked for it, or when the number was a mistake.',
  removeReasonHint: 'Who asked for it, and when. It is kept for good, with your name.',
  removedNotice: '{{phone}} may be called again',
  emptyTitle: 'No number is on the list',
  empty:
    'Whoever presses the opt-out key during a call comes here by themselves. Add those who ask in another way.',
  source: {
    page: 'Entered by hand',
    import: 'Imported list',
    key_press: 'Key pressed in a call',
    tag: 'Contact tagged DNC',
  },
}
