// Before the first paint: the color scheme that was chosen here, else the system's. A file of its own, because
// the content security policy allows no inline script.
;(() => {
  let scheme = 'auto'
  try {
    scheme = localStorage.getItem('carillon-scheme') || 'auto'
  } catch {
    // Storage may be forbidden; then the system's scheme is right.
  }
  const dark = scheme === 'dark' || (scheme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
})()
