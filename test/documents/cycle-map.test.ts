import { expect, it } from 'vitest'
import { procedure } from '../../catalog/procedures/mm-gac-p-008-v2.ts'
import { cycleMap, type MappedStep } from '../../documents/cycle-map.ts'

const step = (code: string, more: Partial<MappedStep> = {}): MappedStep => ({
  ...{ code, title: `Paso <${code}>`, state: 'Aprobado', isDone: true, isCurrent: false, attempts: 1, returns: 0 },
  ...more,
})
const steps = [
  step('1', { attempts: 2, returns: 2 }),
  step('2'),
  step('3', { state: 'En curso', isDone: false, isCurrent: true }),
]
const words = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text)

it('says in words what its arrows and borders say, step by step', () => {
  const svg = cycleMap({ alt: 'Mapa', steps, back: [{ from: '3', to: '1', times: 2 }] })
  expect(words(svg)).toEqual([
    ...['1. Paso &lt;1&gt;', 'Aprobado · intento 2', '2', 'vueltas', '2. Paso &lt;2&gt;', 'Aprobado'],
    ...['3. Paso &lt;3&gt;', '▶ Actual: en curso', 'reabierto 2 veces'],
  ])
  expect(svg).toContain('role="img" aria-label="Mapa"')
  expect(svg).not.toContain('<1>')
  expect(svg.match(/stroke-width="4"/g)).toHaveLength(1)
})

it('without anything that came back has its arrows down alone, and leaves out a way from a step it has not', () => {
  const arrows = (svg: string) => svg.match(/rotate\((-?\d+)\)" fill="none"/g)?.length
  const plain = steps.map((one) => ({ ...one, returns: 0 }))
  expect(arrows(cycleMap({ alt: '', steps: plain, back: [] }))).toBe(2)
  expect(arrows(cycleMap({ alt: '', steps: plain, back: [{ from: '9', to: '1', times: 1 }] }))).toBe(2)
  expect(arrows(cycleMap({ alt: '', steps, back: [{ from: '3', to: '3', times: 1 }] }))).toBe(4)
})

it('shows the titles of the procedure whole: a box grows with its lines, and nothing stands on anything', () => {
  const { steps: templates } = procedure
  const whole = templates.map(({ code, title }) => step(code, { title }))
  const svg = cycleMap({ alt: '', steps: whole, back: [] })
  expect(words(svg).join(' ')).not.toContain('…')
  for (const { code, title } of templates) expect(words(svg).join(' ')).toContain(`${code}. ${title}`)
  const boxes = [...svg.matchAll(/<rect x="\d+" y="(\d+)" width="\d+" height="(\d+)"/g)]
  const [, ...below] = boxes
  expect(below.map(([, y], i) => Number(y) - Number(boxes[i]?.[1]) - Number(boxes[i]?.[2]))).toEqual(
    below.map(() => 30),
  )
  expect(new Set(boxes.map(([, , height]) => height)).size).toBeGreaterThan(1)
})
