import { dataOf, openControl } from '@/lib/api';

let done = false;

/** Whether the installation still waits for its first administrator. Once it does not, it never will again. */
export async function setupNeeded(): Promise<boolean> {
  if (done) {
    return false;
  }
  const { needed } = await dataOf(openControl.GET('/api/v1/setup'));
  done = !needed;
  return needed;
}
