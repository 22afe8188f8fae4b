/** The sealer in a process of its own, as the worker has it: seals between «start» and «stop», which answers when it stands still. */
import process from 'node:process'
import { startSealer } from '../../activities/seal-log.ts'
import { openDatabase } from '../../db/client.ts'

const [url = '', dataDir = ''] = process.argv.slice(2)
const database = openDatabase(url, { max: 2 })
let sealer: ReturnType<typeof startSealer> | undefined

process.on('message', async (message) => {
  if (message === 'start') sealer = startSealer(database, dataDir, (error) => console.error(error))
  if (message === 'stop') await sealer?.stop()
  process.send?.(message)
})
