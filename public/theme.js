// Runs before the first paint, so that a dark system never flashes white.
const dark = matchMedia('(prefers-color-scheme: dark)')
const follow = () => document.documentElement.classList.toggle('dark', dark.matches)
follow()
dark.addEventListener('change', follow)
