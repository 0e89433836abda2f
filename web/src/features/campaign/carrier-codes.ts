/** The carrier's error codes by what they mean for people. Mirrors the verdicts of `telephony/twilio/errors.rs`. */
const WORDS = ['number', 'country', 'callerId', 'account', 'carrier'] as const
export type CodeWord = (typeof WORDS)[number] | 'other'

const MEANINGS: Record<(typeof WORDS)[number], readonly number[]> = {
  number: [13223, 13225, 13226, 21202, 21211, 21214, 21216, 21217, 32203],
  country: [13227, 21203, 21215, 32205],
  callerId: [13214, 13247, 21210, 21212, 32017, 32021, 32206],
  account: [10001, 10002, 10005, 13805, 20003, 20005, 20006, 20008, 20010, 20403, 20404, 21219, 32202],
  carrier: [10004, 13224, 16021, 20429, 22005, 32001, 32014, 32016, 64109, 86008],
}

export function codeWord(code: number): CodeWord {
  return WORDS.find(word => MEANINGS[word].includes(code)) ?? 'other'
}
