/** Before each unit test: texts in English, and what happy-dom lacks. */
import { startTexts } from '@/i18n'

await startTexts('en')
