import { dataOf, openControl } from '@/lib/api';

let done = false;
let asking: Promise<boolean> | null = null;

/** Whether the installation still waits for its first administrator. Once it does not, it never will again. */
export async function setupNeeded(): Promise<boolean> {
  if (done) {
    return false;
  }
  asking ??= dataOf(openControl.GET('/api/v1/setup'))
    .then(({ needed }) => {
      done = !needed;
      return needed;
    })
    .finally(() => {
      asking = null;
    });
  return asking;
}
