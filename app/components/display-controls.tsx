import { useEffect, useState } from 'react'
import { displayText } from '../text/shell.ts'

const SIZES = ['', 'grande', 'mayor']

/** Letter size and contrast, which every public page offers (Resolución 1519 de 2020); kept in this browser, see public/early.js. */
export function DisplayControls() {
  const [size, setSize] = useState(0)
  const [isHigh, setHigh] = useState(false)
  useEffect(() => {
    const { letra, contraste } = document.documentElement.dataset
    setSize(Math.max(0, SIZES.indexOf(letra ?? '')))
    setHigh(contraste === 'alto')
  }, [])
  const resize = (to: number) => {
    keep('letra', SIZES[to] ?? '')
    setSize(to)
  }
  const toggle = () => {
    keep('contraste', isHigh ? '' : 'alto')
    setHigh(!isHigh)
  }
  return (
    <fieldset className="display-controls no-print">
      <legend className="aksel-sr-only">{displayText.label}</legend>
      <button type="button" disabled={size === 0} onClick={() => resize(size - 1)}>
        <span aria-hidden="true">A−</span>
        <span className="aksel-sr-only">{displayText.smaller}</span>
      </button>
      <button type="button" disabled={size === SIZES.length - 1} onClick={() => resize(size + 1)}>
        <span aria-hidden="true">A+</span>
        <span className="aksel-sr-only">{displayText.larger}</span>
      </button>
      <button type="button" aria-pressed={isHigh} onClick={toggle}>
        {displayText.contrast}
      </button>
    </fieldset>
  )
}

function keep(name: 'letra' | 'contraste', value: string): void {
  document.documentElement.dataset[name] = value
  try {
    localStorage.setItem(name, value)
  } catch {
    // A browser that keeps nothing still shows it on this page.
  }
}
