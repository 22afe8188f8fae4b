import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Folders whose tests wait for whole systems: begun first, they leave no worker alone with a long one at the end. */
const SLOW = ['/test/workflows/', '/test/scripts/', '/test/app/']

export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isSlow = ({ moduleId }: TestSpecification) => SLOW.some((folder) => moduleId.includes(folder))
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))]
  }
}
