/** Small maps of divisions, and how a browser sends one. */

/** A square of a thousandth of a degree beside Santa Marta, and a row of them. */
export const square = (i: number, properties: Record<string, unknown>) => {
  const [west, south] = [-74.2 + i / 1000, 11.2]
  const [east, north] = [west + 0.001, south + 0.001]
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
  return { type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [ring] } }
}

export const collection = (features: unknown[], more: object = {}) =>
  JSON.stringify({ type: 'FeatureCollection', ...more, features })

export const oneDivision = (codigo: string) => collection([square(0, { codigo })])

export function mapRequest(content: string, name = 'divisiones.geojson'): Request {
  const form = new FormData()
  form.append('archivo', new Blob([content], { type: 'application/geo+json' }), name)
  return new Request('http://localhost/mapas', { method: 'POST', body: form })
}
