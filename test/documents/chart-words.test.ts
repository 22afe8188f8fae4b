import { describe, expect, test } from 'vitest'
import { type ChartWord, wordsApart } from '../../documents/chart-words.ts'
import { renderChart } from '../../documents/charts.ts'
import { text } from '../../documents/svg.ts'
import type { ChartKind } from '../../domain/figures.ts'
import { channelFigure, crossFigure } from './samples.ts'

const word = (words: ChartWord[], said: string) => words.find((one) => one.text === said)

describe('the words of a printed chart', () => {
  test.each<ChartKind>(['bar', 'pie', 'histogram', 'stacked', 'heat'])('all leave a drawing of kind %s', (kind) => {
    const { svg: drawing } = renderChart(
      kind === 'stacked' || kind === 'heat' ? crossFigure : channelFigure,
      kind,
      'print',
    )
    const { svg, words } = wordsApart(drawing)
    expect(words.length).toBe(drawing.split('<text').length - 1)
    expect(words.length).toBeGreaterThan(2)
    expect(svg).not.toContain('<text')
    expect(svg.replaceAll(/\s/g, '')).toBe(drawing.replaceAll(/<text.*?<\/text>/gs, '').replaceAll(/\s/g, ''))
  })

  test('keep their signs, and the place they start, are centred or end at', () => {
    const { words } = wordsApart(renderChart(channelFigure, 'bar', 'print').svg)
    expect(word(words, 'Otro "canal" <b>')).toMatchObject({ anchor: 'end', size: 14, bold: false, turn: 0 })
    expect(word(words, '0')).toMatchObject({ anchor: 'middle', size: 12 })
    const { words: own } = wordsApart(text('a & b', 10, 20, { size: 11, anchor: 'middle', bold: true }))
    expect(own).toEqual([
      { text: 'a & b', x: 10, y: 20, anchor: 'middle', size: 11, bold: true, turn: 0, colour: '#1f2328' },
    ])
  })

  test('turn around their own place, the half of a letter below where the library means their middle', () => {
    expect(wordsApart(text('x', 10, 20, { turn: -90 })).words[0]).toMatchObject({ x: 10, y: 20, turn: -90 })
    const middle = (transform: string) =>
      wordsApart(
        `<text dominant-baseline="central" style="font-size:10px" transform="${transform}" fill="#000000">x</text>`,
      ).words[0]
    expect(middle('translate(5 6)')).toMatchObject({ x: 5, y: 9.24 })
    expect(middle('matrix(0,-1,1,0,5,6)')).toMatchObject({ x: 8.24, y: 6, turn: -90 })
  })

  test('stay where they are drawn in a way that is not read', () => {
    for (const attributes of [
      'transform="matrix(2,0,0,2,2,3)"',
      'transform="skewX(4)"',
      'stroke="#ffffff"',
      'fill="none"',
    ]) {
      const drawing = `<svg><text x="1" ${attributes}>x</text></svg>`
      expect(wordsApart(drawing)).toEqual({ svg: drawing, words: [] })
    }
  })
})
