/** All words of the pages, by language. English is complete and comes with the first page; others load when chosen. */
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from './en'

/** Shown in their own language. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof LANGUAGES

const KEY = 'carillon-language'

export function isLanguage(word: string | null | undefined): word is Language {
  return word === 'en' || word === 'de'
}

/** The language chosen here, else the browser's when there is one, else English. */
function wanted(): Language {
  const chosen = localStorage.getItem(KEY)
  if (isLanguage(chosen)) return chosen
  const browser = navigator.language.slice(0, 2)
  return isLanguage(browser) ? browser : 'en'
}

async function load(language: Language) {
  if (language === 'de' && !i18next.hasResourceBundle('de', 'translation')) {
    const { de } = await import('./de')
    i18next.addResourceBundle('de', 'translation', de)
  }
}

export async function startTexts(language: Language = wanted()) {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  await choose(language)
}

/** Shows all pages in a language from now on, in this browser. */
export async function choose(language: Language) {
  await load(language)
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}

export function remember(language: Language) {
  localStorage.setItem(KEY, language)
}

/** For dates and numbers. */
export function locale(): string {
  return i18next.language === 'de' ? 'de-DE' : 'en-US'
}
