/** The library of recordings. */
export const audio = {
  title: 'Audio',
  department: 'Department',
  added: '{{name}} is in the library. Any campaign of its department can play it.',
  addedAt: 'added',
  loudness: {
    quiet: 'Quiet, {{level}} dB',
    fine: 'Good volume, {{level}} dB',
    loud: 'Very loud, {{level}} dB',
  },
  loudnessHint: {
    quiet: 'Mean loudness. So quiet a recording is hard to understand on the phone: record it louder.',
    fine: 'Mean loudness, in decibels below full scale. It suits a telephone.',
    loud: 'Mean loudness. So loud a recording may sound distorted on the phone.',
  },
  empty: {
    title: 'No recordings yet',
    text: 'A campaign can play a recording instead of a spoken text. Upload an MP3 or WAV file; it is kept here for all campaigns of its department.',
  },
  remove: {
    of: 'Delete {{name}}',
    title: 'Delete “{{name}}”?',
    consequence: 'It is gone for good. A campaign that plays it must be given another message first.',
    verb: 'Delete recording',
  },
}
