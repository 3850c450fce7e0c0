import { ownRecords } from '@/lib/ownRecords';
import type { Charge } from '../model/tree';

/** Records reach the database within a second or two; one that takes longer than all of these is left to the usage page. */
const WAITS_MS = [300, 500, 800, 1000, 1000, 1500, 2000, 3000, 5000, 5000, 10_000];

/** What the server charged for a request, as soon as it is recorded. The console never works out a price itself. */
export async function chargesOf(requestId: string, wanted: () => boolean): Promise<Charge[] | null> {
  for (const wait of WAITS_MS) {
    await new Promise((resolve) => setTimeout(resolve, wait));
    if (!wanted()) {
      return null;
    }
    try {
      const { data } = await ownRecords({ request_id: requestId });
      if (data.length > 0) {
        const charged = data.filter((record) => !/^0(\.0*)?$/.test(record.cost));
        return (charged.length > 0 ? charged : data.slice(0, 1)).map((record) => ({ amount: record.cost, currency: record.currency, estimated: record.billing !== 'exact' && record.billing !== 'none' }));
      }
    } catch {
      // The answer is there without its price; the next try may get it.
    }
  }
  return null;
}
