/** Look of all pages: one type family, six sizes, 4-px steps, one accent, lines before shadows. */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'
import i18next from 'i18next'

/** For what can be acted on, and nothing else. */
const indigo: MantineColorsTuple = [
  '#eef0fd',
  '#dadefa',
  '#b3bbf3',
  '#8a96ec',
  '#6875e5',
  '#5361e1',
  '#4654d6',
  '#3845bd',
  '#303ca9',
  '#263295',
]

/** Surfaces and text of the dark theme, of one family with the variables in global.css. */
const dark: MantineColorsTuple = [
  '#d3d8e0',
  '#b9c0ca',
  '#8f97a3',
  '#6a727e',
  '#3d424c',
  '#2f343c',
  '#252930',
  '#1d2025',
  '#16181c',
  '#101215',
]

/** The library's head of a window is a `header`, which screen readers take for a second head of the whole page. */
const WITHOUT_BANNER = { header: { role: 'presentation' } }

/** A window says what it is in the size of a second heading. */
const TITLED = { title: { fontSize: '16px', fontWeight: 600 } }

/** The cross says what it does, in the language of the moment. */
function closing() {
  return { 'aria-label': i18next.t('shared.action.close') }
}

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 6, dark: 5 },
  colors: { indigo, dark },
  fontFamily:
    'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.5', xl: '1.4' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '4px', sm: '6px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  autoContrast: true,
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '1.3' },
      h2: { fontSize: '16px', lineHeight: '1.35' },
      h3: { fontSize: '14px', lineHeight: '1.4' },
    },
  },
  components: {
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: {
      defaultProps: () => ({
        size: 'sm',
        visibilityToggleButtonProps: { 'aria-label': i18next.t('shared.action.showPassword') },
      }),
    },
    NumberInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', allowDeselect: false, checkIconPosition: 'right' } },
    Textarea: { defaultProps: { size: 'sm', autosize: true, minRows: 2 } },
    Tooltip: {
      defaultProps: {
        withArrow: true,
        openDelay: 200,
        multiline: true,
        maw: 320,
        events: { hover: true, focus: true, touch: true },
      },
    },
    Modal: {
      defaultProps: () => ({
        centered: true,
        radius: 'sm',
        transitionProps: { duration: 120 },
        closeButtonProps: closing(),
        attributes: WITHOUT_BANNER,
        styles: TITLED,
      }),
    },
    Drawer: {
      defaultProps: () => ({
        position: 'right',
        size: 'lg',
        transitionProps: { duration: 120 },
        closeButtonProps: closing(),
        attributes: WITHOUT_BANNER,
        styles: TITLED,
      }),
    },
    // The color is in the surface and the icon; the words are for reading.
    Alert: { styles: { title: { color: 'var(--mantine-color-text)' } } },
    Paper: { defaultProps: { withBorder: true, shadow: undefined, radius: 'sm' } },
  },
})

/** Quiet words and errors are read by everybody: the library's own grays and reds are too pale for small text. */
const READABLE = {
  '--mantine-color-dimmed': 'var(--quiet)',
  '--mantine-color-placeholder': 'var(--quiet)',
  '--mantine-color-error': 'var(--status-failed)',
  '--mantine-color-red-text': 'var(--status-failed)',
}

/** Links are small text: on the dark surfaces the accent must be lighter. */
const DARK = { '--mantine-color-anchor': 'var(--mantine-color-indigo-3)' }

export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: READABLE,
  dark: { ...READABLE, ...DARK },
})
