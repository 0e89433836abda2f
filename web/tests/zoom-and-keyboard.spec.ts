/** With 400 % zoom nothing is cut and no page scrolls sideways; by keyboard everything is reached and is seen to be. */
import type { Page } from '@playwright/test'
import { signIn } from './support/people'
import { look, places } from './support/places'
import { ADMINISTRATOR } from './support/server'
import { demo, expect, test } from './support/story'

// A border that changes its color slowly is not seen yet when it is looked at.
test.use({ contextOptions: { reducedMotion: 'reduce' } })

const url = demo()

/** What is left of 1280 pixels with 400 % zoom. */
const ZOOMED = { width: 320, height: 512 }
/** Every so many pages are walked through in the short form; all of them with CARILLON_LONG=1 (`make test-web-long`). */
const WALKED_EVERY = process.env.CARILLON_LONG ? 1 : 5
/** More steps than any page has before it comes round; a table's rows may be many. */
const STEPS_MAX = 70

/** Words of buttons and heads that do not fit into them. */
function cut(): string[] {
  const all = [
    ...document.querySelectorAll<HTMLElement>('button, h1, h2, h3, [role=tab], .mantine-Button-label'),
  ]
  const isCut = (it: HTMLElement) =>
    it.scrollWidth > it.clientWidth + 1 && getComputedStyle(it).overflowX !== 'visible' && it.clientWidth > 1
  return all.filter(isCut).map(it => `cut: ${it.textContent}`)
}

/** Whatever shows where the focus is: at the element, what stands for it, or what is around it. */
function watchFocus() {
  const shown = (element: Element) => {
    const { outlineStyle, outlineWidth, boxShadow, borderColor, backgroundColor } = getComputedStyle(element)
    const outline = outlineStyle === 'none' || outlineWidth === '0px' ? '' : outlineStyle + outlineWidth
    return [outline, boxShadow, borderColor, backgroundColor].join()
  }
  /** Fields with something in them show it at what is around them. */
  const ancestors = (element: Element | null, levels: number): Element[] =>
    element && levels > 0 ? [element, ...ancestors(element.parentElement, levels - 1)] : []
  const around = (element: Element) =>
    [
      ...ancestors(element, 4),
      element.nextElementSibling,
      document.querySelector(`label[for="${element.id}"]`),
    ]
      .filter(it => it !== null)
      .map(shown)
      .join(' | ')
  const focusable = 'a[href], button, input, select, textarea, summary, audio, [tabindex]'
  const before = new Map([...document.querySelectorAll(focusable)].map(it => [it, around(it)]))
  return {
    /** The element that has the focus, in words; with a mark when nothing shows it. */
    tell: async () => {
      // Two frames: in the first one a border begins to change its color.
      for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame)
      const element = document.activeElement
      if (!element || element === document.body) return ''
      const name = element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40)
      const isSeen = before.get(element) !== around(element) || element.matches('audio, [type=time]')
      const at = [...document.querySelectorAll('*')].indexOf(element)
      return `${isSeen ? '' : 'unseen: '}${element.tagName.toLowerCase()} ${name} #${at}`
    },
  }
}

/** Goes through a page by the Tab key; what is wrong, a line each. */
async function walk(page: Page, from: 'top' | 'main'): Promise<string[]> {
  if (from === 'main') await page.getByRole('main').focus()
  const watch = await page.evaluateHandle(watchFocus)
  const met = new Set<string>()
  const wrong: string[] = []
  for (let step = 0; step < STEPS_MAX; step++) {
    await page.keyboard.press('Tab')
    const now = await watch.evaluate(it => it.tell())
    if (now === '') return wrong
    if (met.has(now)) return met.size > 3 ? wrong : [...wrong, `trapped at: ${now}`]
    met.add(now)
    if (now.startsWith('unseen')) wrong.push(now)
  }
  return wrong
}

test.describe('zoomed', () => {
  test.use({ viewport: ZOOMED })

  test('no page scrolls sideways or cuts words', async ({ page }) => {
    test.setTimeout(240_000)
    await page.goto(url())
    await page.getByRole('heading', { name: 'Sign in to Carillon' }).waitFor()
    expect.soft(await page.evaluate(cut), 'sign-in').toEqual([])
    await signIn(page, url(), ADMINISTRATOR)
    for (const [name, address] of Object.entries(await places(page))) {
      await look(page, url() + address)
      const [width, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
      expect.soft(width, `${name} is as wide as the window`).toBeLessThanOrEqual(room ?? 0)
      expect.soft(await page.evaluate(cut), name).toEqual([])
    }
  })
})

test('everything is reached by keyboard, and is seen to be', async ({ page }) => {
  test.setTimeout(300_000)
  await signIn(page, url(), ADMINISTRATOR)
  await look(page, `${url()}/campaigns`)
  expect.soft(await walk(page, 'top'), 'head and navigation').toEqual([])
  const all = Object.entries(await places(page))
  for (const [name, address] of all.filter((_, at) => at % WALKED_EVERY === 0)) {
    await look(page, url() + address)
    expect.soft(await walk(page, 'main'), name).toEqual([])
  }
})

test('windows keep the focus while they are open, and give it back', async ({ page }) => {
  await signIn(page, `${url()}/contacts`, ADMINISTRATOR)
  const opens = [
    { at: '/contacts', button: 'New contact' },
    { at: '/do-not-call', button: 'Add number' },
    { at: '/admin/users', button: 'New user' },
    { at: '/admin/departments', button: 'New department' },
    { at: '/admin/tokens', button: 'New token' },
    { at: '/account', button: 'Set up second factor' },
  ]
  for (const { at, button } of opens) {
    await look(page, url() + at)
    const opener = page.getByRole('main').getByRole('button', { name: button }).first()
    await opener.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await expect(dialog).toBeVisible()
    for (let step = 0; step < 6; step++) {
      await page.keyboard.press('Tab')
      await expect(dialog.locator(':focus'), `${at}: the focus stays in the window`).toHaveCount(1)
    }
    // The first one may be for a list of choices that is open in the window.
    await expect(async () => {
      await page.keyboard.press('Escape')
      await expect(dialog).toHaveCount(0, { timeout: 1_000 })
    }).toPass()
    await expect(opener, `${at}: the focus comes back`).toBeFocused()
  }
})
