/** Writes a survey file of the demonstration: same options and seed, same bytes. See `catalog/demo/survey-files.ts`. */
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { SURVEY_TOTALS, SURVEYS, type Survey } from '../catalog/demo/survey-files.ts'
import { writeRows } from './city-file/write-rows.ts'
import { type SurveyFileOptions, surveyFileRows } from './survey-file/rows.ts'

export async function writeSurveyFile(path: string, survey: Survey, options: SurveyFileOptions = {}): Promise<void> {
  await writeRows(path, surveyFileRows(survey, options))
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { rows: { type: 'string' }, seed: { type: 'string' } },
  })
  const [name, path] = positionals
  const survey = SURVEYS.find((one) => one === name)
  if (!survey || !path)
    throw new Error(`Uso: generate-survey-file.ts ${SURVEYS.join('|')} SALIDA [--rows N] [--seed N]`)
  const rows = values.rows ? Number(values.rows) : SURVEY_TOTALS[survey]
  await writeSurveyFile(path, survey, { rows, ...(values.seed && { seed: Number(values.seed) }) })
  console.log(`${path}: ${rows} encuestas`)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main()
