// Runs before everything else: before the first paint, so that a dark system never flashes white and chosen letters do not jump.
const root = document.documentElement
const dark = matchMedia('(prefers-color-scheme: dark)')
const follow = () => root.classList.toggle('dark', dark.matches)
follow()
dark.addEventListener('change', follow)
try {
  for (const name of ['letra', 'contraste']) root.dataset[name] = localStorage.getItem(name) ?? ''
} catch {
  // A browser that keeps nothing shows the page as it is.
}

// Our policy lets no page make code out of text; the library that checks forms need not try and be reported.
globalThis.__zod_globalConfig = { jitless: true }
